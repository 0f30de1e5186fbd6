/**
 * ONNX's conformance data (Debian's package libonnx-testdata): every case whose operators are ours.
 * Prints what passes, what is refused and why, and what is not claimed.
 */
import { expect, test } from "vitest";
import { LabError } from "../../../../src/core/errors";
import type { HostTensor } from "../../../../src/core/graph/host-tensor";
import { operators } from "../../../../src/core/graph/operators/registry";
import { describeOnEachBackend } from "../../backend";
import { conformanceCases, conformanceFolder, NotClaimed, readCase } from "./conformance-case";
import { run, type Ways } from "./conformance-executor";

type Outcome =
  | { readonly kind: "passed"; readonly ways: readonly Ways[] }
  | { readonly kind: "refused" | "failed" | "not claimed"; readonly why: string };

const cases = conformanceCases();

describeOnEachBackend(`ONNX's conformance data in ${conformanceFolder}`, (backend) => {
  test.skipIf(cases.length === 0)("holds where we claim it", () => {
    const outcomes = new Map(cases.map((name) => [name, outcomeOf(name)]));
    console.warn(`${backend}:\n${tableOf(outcomes)}`);
    const failed = [...outcomes].filter(([, { kind }]) => kind === "failed");
    expect(failed).toEqual([]);
  });
});

if (cases.length === 0) console.warn(`${conformanceFolder}: not installed, nothing is tested`);

function outcomeOf(name: string): Outcome {
  try {
    const example = readCase(name, (operator) => Object.hasOwn(operators, operator));
    const ways: Ways[] = [];
    for (const way of ["fold", "device"] as const) {
      const values = run(example, way);
      if (!values) continue;
      for (const [output, expected] of example.outputs) {
        const why = difference(values.get(output), expected);
        if (why !== undefined) return { kind: "failed", why: `${way}: ${why}` };
      }
      ways.push(way);
    }
    return ways.length > 0
      ? { kind: "passed", ways }
      : { kind: "refused", why: "neither known nor on the device" };
  } catch (thrown) {
    if (thrown instanceof NotClaimed) return { kind: "not claimed", why: thrown.message };
    if (thrown instanceof LabError) {
      return { kind: "refused", why: `expected ${thrown.expected}, found ${thrown.found}` };
    }
    return { kind: "failed", why: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

/** Undefined for tensors that agree. */
function difference(found: HostTensor | undefined, expected: HostTensor): string | undefined {
  if (!found) return "no output";
  if (found.shape.join() !== expected.shape.join()) {
    return `shape [${found.shape.join()}], expected [${expected.shape.join()}]`;
  }
  for (let at = 0; at < expected.data.length; at++) {
    const [a = NaN, b = NaN] = [found.data[at], expected.data[at]];
    const isNear = Object.is(a, b) || Math.abs(a - b) <= 1e-5 + 1e-3 * Math.abs(b);
    if (!isNear) return `${a} at ${at}, expected ${b}`;
  }
  return undefined;
}

function tableOf(outcomes: ReadonlyMap<string, Outcome>): string {
  const count = (kind: Outcome["kind"]): number =>
    [...outcomes.values()].filter((outcome) => outcome.kind === kind).length;
  const lines = [...outcomes].flatMap(([name, outcome]) =>
    outcome.kind === "refused" || outcome.kind === "failed"
      ? [`${outcome.kind.padEnd(8)} ${name}: ${outcome.why}`]
      : [],
  );
  const totals = (["passed", "refused", "failed", "not claimed"] as const).map(
    (kind) => `${count(kind)} ${kind}`,
  );
  return [...lines.sort(), `not claimed: ${notClaimed(outcomes)}`, totals.join(", ")].join("\n");
}

/** Why, with the number of cases: for the most part an operator's name. */
function notClaimed(outcomes: ReadonlyMap<string, Outcome>): string {
  const counts = new Map<string, number>();
  for (const outcome of outcomes.values()) {
    if (outcome.kind !== "not claimed") continue;
    counts.set(outcome.why, (counts.get(outcome.why) ?? 0) + 1);
  }
  return [...counts].map(([why, count]) => `${why} (${count})`).join(", ");
}
