import { expect, test } from "vitest";
import { fitLogistic, weightPenalty } from "../../../../src/core/linear-head/logistic";
import type { LinearParameters } from "../../../../src/core/tensor/linear";
import { tf } from "../../../../src/core/tensor/tf";
import * as z from "../../../../src/core/schema";
import { describeOnEachBackend } from "../../backend";
import { arraySchema, fixture } from "../../fixtures";

const witness = fixture(
  "logistic",
  z.object({
    rows: arraySchema,
    labels: z.array(z.int()),
    classes: z.int(),
    penalty: z.number(),
    loss: z.number(),
    accuracy: z.number(),
    logits: z.array(z.number()),
  }),
);
const [count = 0, width = 0] = witness.rows.shape;

const features = () => ({
  rows: Float32Array.from(witness.rows.values),
  labels: Uint8Array.from(witness.labels),
});

function logitsOf({ weight, bias }: LinearParameters): number[] {
  return Array.from({ length: count }, (_, row) =>
    Array.from(bias, (shift, output) => {
      let sum = shift;
      for (let p = 0; p < width; p++) {
        sum += (weight[output * width + p] ?? 0) * (witness.rows.values[row * width + p] ?? 0);
      }
      return sum;
    }),
  ).flat();
}

describeOnEachBackend("logistic regression", () => {
  test("finds the minimum that PyTorch finds in float64, and frees its tensors", async () => {
    expect(weightPenalty).toBe(witness.penalty);
    const before = tf.memory().numTensors;
    let loss = Infinity;
    let fitted: LinearParameters | undefined;
    for await (const step of fitLogistic(features(), witness.classes)) {
      expect(step.loss).toBeLessThan(loss + 1e-6);
      ({ loss, fitted } = step);
    }
    expect(tf.memory().numTensors).toBe(before);
    expect(loss).toBeCloseTo(witness.loss, 6);
    const logits = logitsOf(fitted ?? { weight: new Float32Array(), bias: new Float32Array() });
    const differences = logits.map((logit, k) => Math.abs(logit - (witness.logits[k] ?? NaN)));
    expect(Math.max(...differences)).toBeLessThan(1e-3);
    const right = witness.labels.filter((label, row) => {
      const own = logits.slice(row * witness.classes, (row + 1) * witness.classes);
      return own.indexOf(Math.max(...own)) === label;
    });
    expect(right.length / count).toBeCloseTo(witness.accuracy, 12);
  });

  test("frees its tensors where the caller stops early", async () => {
    const before = tf.memory().numTensors;
    for await (const { steps } of fitLogistic(features(), witness.classes)) if (steps === 2) break;
    expect(tf.memory().numTensors).toBe(before);
  });
});
