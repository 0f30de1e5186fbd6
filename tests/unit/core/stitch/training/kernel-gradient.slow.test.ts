import { expect, test } from "vitest";
import * as z from "../../../../../src/core/schema";
import { imageBatch } from "../../../../../src/core/data/images";
import { targetBatch } from "../../../../../src/core/data/targets";
import { classesOf } from "../../../../../src/core/nets/architecture";
import { lossAndGradient } from "../../../../../src/core/stitch/training/gradient";
import { kernelLossAndGradient } from "../../../../../src/core/stitch/training/kernel-gradient";
import { tf } from "../../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../../backend";
import { cifarImages, fixture, networkOf, weightsSchema } from "../../../fixtures";
import { relativeDistance } from "../../numbers";

const floats = z.array(z.number());
const { images: count, cases } = fixture(
  "kernel-stitch",
  z.object({
    images: z.int(),
    cases: z.array(
      z.object({
        bottom: weightsSchema,
        top: weightsSchema,
        tap: z.int(),
        side: z.int(),
        start: floats,
        loss: z.number(),
        gradient: floats,
        statistics: floats,
      }),
    ),
  }),
);
type Case = (typeof cases)[number];

interface Step {
  readonly loss: number;
  readonly gradient: Float32Array;
  readonly statistics: Float32Array;
}

/** One step from the fixture's start, from running statistics as PyTorch begins with them. */
function stepOf(reference: Case, how: typeof lossAndGradient): Step {
  const bottom = networkOf(reference.bottom);
  const top = networkOf(reference.top);
  const images = cifarImages("train", count);
  const indices = Uint32Array.from({ length: count }, (_, k) => k);
  const source = bottom.taps[reference.tap]?.channels ?? 0;
  const target = top.taps[reference.tap]?.channels ?? 0;
  const fresh = (channels: number): number[] => [
    ...Array.from({ length: channels }, () => 0),
    ...Array.from({ length: channels }, () => 1),
  ];
  const step = tf.tidy(() => {
    const x = bottom.bottom(imageBatch(images, indices), reference.tap);
    const { loss, gradient, statistics } = how(
      tf.tensor1d(reference.start),
      tf.tensor1d([...fresh(source), ...fresh(target)]),
      x,
      targetBatch(images, indices, classesOf(top.architecture)),
      top,
      reference.tap,
    );
    return {
      loss: loss.dataSync()[0] ?? NaN,
      gradient: Float32Array.from(gradient.dataSync()),
      statistics: Float32Array.from(statistics.dataSync()),
    };
  });
  bottom.dispose();
  top.dispose();
  return step;
}

describeOnEachBackend("a stitch with a kernel", () => {
  test.each(cases)("of $side × $side has PyTorch's loss, gradient and statistics", (reference) => {
    const { loss, gradient, statistics } = stepOf(reference, (...given) =>
      kernelLossAndGradient(...given, reference.side),
    );
    expect(Math.abs(loss / reference.loss - 1)).toBeLessThan(1e-4);
    expect(relativeDistance(gradient, reference.gradient)).toBeLessThan(1e-3);
    expect(relativeDistance(statistics, reference.statistics)).toBeLessThan(1e-4);
  });

  test("of 1 × 1 is the paper's own", () => {
    const reference = cases.find(({ side }) => side === 1);
    if (!reference) throw new Error("no such case in the fixture");
    const kernel = stepOf(reference, (...given) => kernelLossAndGradient(...given, 1));
    const plain = stepOf(reference, lossAndGradient);
    expect(kernel.loss).toBeCloseTo(plain.loss, 5);
    expect(relativeDistance(kernel.gradient, plain.gradient)).toBeLessThan(1e-3);
  });

  test("leaves nothing on the device but what it returns", () => {
    const [reference] = cases;
    if (!reference) throw new Error("no case in the fixture");
    const before = tf.memory().numTensors;
    stepOf(reference, (...given) => kernelLossAndGradient(...given, reference.side));
    expect(tf.memory().numTensors).toBe(before);
  });
});
