import { expect, test } from "vitest";
import * as z from "../../../../src/core/schema";
import type { ImageSet } from "../../../../src/core/data/image-set";
import { imageBatch } from "../../../../src/core/data/images";
import { targetBatch } from "../../../../src/core/data/targets";
import { kernels } from "../../../../src/core/tensor/backend";
import { tf } from "../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../backend";
import { fixture, networkOf, weightsSchema } from "../../fixtures";
import { relativeDistance } from "../numbers";

const floats = z.array(z.number());
const witness = fixture(
  "grey-images",
  z.extend(weightsSchema, {
    pixels: z.array(z.int()),
    labels: z.array(z.int()),
    tap: z.int(),
    logits: floats,
    gradient: floats,
  }),
);

/** Fashion-MNIST's first test images. */
const images: ImageSet = {
  count: witness.labels.length,
  height: 28,
  width: 28,
  channels: 1,
  normalisation: [{ mean: 0.286, deviation: 0.353 }],
  classes: { names: Array.from({ length: 10 }, (_, k) => String(k)), groupings: [] },
  labels: Uint8Array.from(witness.labels),
  pixels: Uint8Array.from(witness.pixels),
};

describeOnEachBackend("a network for grey images of 28 × 28", () => {
  test("has the logits and the gradient at a tap of PyTorch", async () => {
    const network = networkOf(witness);
    expect(network.taps.map(({ height }) => height)).toEqual([28, 28, 14, 7]);
    const all = Uint32Array.from(images.labels.keys());
    const found = tf.tidy(() => {
      const representation = network.bottom(imageBatch(images, all), witness.tap);
      const { logits, pullback } = network.traceTop(representation, witness.tap);
      const { gradient } = kernels().crossEntropy(logits, targetBatch(images, all, 10));
      return [logits, tf.sum(pullback(gradient), [0, 1, 2])] as const;
    });
    const [logits, gradient] = await Promise.all(found.map((tensor) => tensor.data()));
    tf.dispose([...found]);
    network.dispose();
    expect(relativeDistance(logits ?? [], witness.logits)).toBeLessThan(1e-5);
    expect(relativeDistance(gradient ?? [], witness.gradient)).toBeLessThan(1e-4);
  });
});
