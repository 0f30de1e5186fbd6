/**
 * Compares our kernels with tfjs's operators on plain JavaScript, case by case. Runs wherever a
 * backend does: Node and browsers.
 */
import { relativeDifference } from "../../src/core/stitch/training/self-test";
import { tf } from "../../src/core/tensor/tf";
import { columnCases } from "./cases/columns";
import { convolutionCases } from "./cases/convolutions";
import { groupedCases } from "./cases/grouped-convolutions";
import { poolCases } from "./cases/pools";
import { productCases } from "./cases/products";
import { replayCases } from "./cases/replayed-steps";
import { trainingStepCases } from "./cases/training-steps";

/** Float32 sums in another order. */
export const tolerance = 1e-5;

export interface CaseResult {
  readonly name: string;
  readonly values: Float32Array;
}

async function computed(which: "ours" | "plain"): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const one of [
    ...convolutionCases(),
    ...groupedCases(),
    ...columnCases(),
    ...poolCases(),
    ...productCases(),
    ...replayCases(),
    ...trainingStepCases(),
  ]) {
    const tensor = tf.tidy(() => one[which]());
    results.push({ name: one.name, values: Float32Array.from(await tensor.data()) });
    tensor.dispose();
  }
  return results;
}

/** Every case by our functions, on the current backend. */
export function ourResults(): Promise<CaseResult[]> {
  return computed("ours");
}

/**
 * Every case by tfjs's operators, on the current backend: plain JavaScript for the reference.
 */
export function plainResults(): Promise<CaseResult[]> {
  return computed("plain");
}

/** The cases that differ by more than the tolerance, relative to their largest number. */
export function disagreements(
  found: readonly CaseResult[],
  expected: readonly CaseResult[],
): { readonly name: string; readonly difference: number }[] {
  return expected.flatMap(({ name, values }, k) => {
    const difference = relativeDifference(found[k]?.values ?? new Float32Array(), values);
    return difference <= tolerance ? [] : [{ name, difference }];
  });
}
