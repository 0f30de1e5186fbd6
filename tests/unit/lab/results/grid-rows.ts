/** Rows of a grid as test data. */
import type { Architecture } from "../../../../src/core/nets/architecture-schema";
import { tapsOf } from "../../../../src/core/nets/taps";
import { sitesOf } from "../../../../src/experiment/sites";
import type { LabModel } from "../../../../src/lab/engine/models";
import type { ModelPair } from "../../../../src/lab/session/experiment/pair";
import type { Row } from "../../../../src/lab/session/results/rows";

/** Two networks of which only the architecture matters. */
export function pairFor(bottom: Architecture, top: Architecture): ModelPair {
  const model = (architecture: Architecture): LabModel => ({ architecture }) as LabModel;
  return { bottom: model(bottom), top: model(top) };
}

/** A scored row for each cell; its similarity is 1 minus the penalty. */
export function gridRows(
  { bottom, top }: ModelPair,
  penalty: (from: number, to: number) => number,
): Row[] {
  const columns = tapsOf(top.architecture).length;
  return sitesOf(bottom.architecture, top.architecture, "grid").map(({ name }, site) => {
    const value = penalty(Math.floor(site / columns), site % columns);
    return {
      site,
      name,
      penalty: { value, standardError: 0.003, testError: 0.1 + value },
      leastSquares: null,
      similarity: { status: "known", value: 1 - value },
      similarityNull: null,
      training: null,
      failure: null,
    };
  });
}
