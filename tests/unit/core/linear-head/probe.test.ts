/** Linear probes: the classifier that is fitted to a layer's representation. */
import { expect, test } from "vitest";
import { classIndices } from "../../../../src/core/data/form";
import type { ImageSet } from "../../../../src/core/data/image-set";
import { probeFeatures, type ImageParts } from "../../../../src/core/linear-head/features";
import { fitHead, type FittedHead, type FitEvent } from "../../../../src/core/linear-head/fit";
import {
  probeGrid,
  probeRepresentations,
  probeWidth,
} from "../../../../src/core/linear-head/representation";
import * as z from "../../../../src/core/schema";
import { tf, type Tensor2D, type Tensor4D } from "../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../backend";
import { arraySchema, cifarImages, fixture, randomImages, tinyNetwork } from "../../fixtures";

const witness = fixture(
  "probes",
  z.object({
    trainImages: z.int(),
    testImages: z.int(),
    probes: z.array(
      z.object({
        model: z.enum(["tiny-a", "tiny-vit-a"]),
        sha256: z.string(),
        tap: z.int(),
        representation: z.enum(probeRepresentations),
        features: z.int(),
        wrong: z.int(),
        wrongByRank: z.array(z.int()),
      }),
    ),
    parts: z.object({ x: arraySchema, features: arraySchema }),
  }),
);
const classes = 10;
const ranks = classes - 1;

function whole(images: ImageSet): ImageParts {
  return {
    count: images.count,
    async *parts() {
      yield await Promise.resolve(images);
    },
  };
}

async function last(events: AsyncGenerator<FitEvent>): Promise<FittedHead> {
  let fraction = 0;
  for await (const event of events) {
    expect(event.fraction).toBeGreaterThanOrEqual(fraction);
    ({ fraction } = event);
    if (event.head) return event.head;
  }
  throw new Error("the fit ended without a head");
}

describeOnEachBackend("linear probes", () => {
  test("parts of a map that are not all of one size are those of PyTorch’s adaptive pooling", async () => {
    const { x, features } = witness.parts;
    const shape = x.shape as [number, number, number, number];
    const found = tf.tidy(() => probeFeatures(tf.tensor4d(x.values, shape), "flattened"));
    expect(found.shape).toEqual(features.shape);
    const values = await found.data();
    found.dispose();
    const apart = features.values.map((value, at) => Math.abs(value - (values[at] ?? NaN)));
    expect(Math.max(...apart)).toBeLessThan(1e-6);
  });
});

// Representations of images on one backend: the witness is of the fit, and the fit's own tests run on each.
describeOnEachBackend("a probe of a layer", () => {
  test.each(witness.probes.filter(({ tap, model }) => tap % 2 === 0 || model === "tiny-a"))(
    "$representation at tap $tap of $model has PyTorch’s error, whole and at every rank",
    async ({ model, tap, representation, features, wrong, wrongByRank }) => {
      const before = tf.memory().numTensors;
      const network = tinyNetwork(model);
      const size = network.taps[tap];
      if (!size) throw new Error(`no tap ${tap}`);
      const width = probeWidth(size, representation);
      expect(width).toBe(features);
      const probe = {
        width,
        of: (images: Tensor4D) => probeFeatures(network.bottom(images, tap), representation),
      };
      const head = await last(
        fitHead(
          probe,
          classes,
          whole(cifarImages("train", witness.trainImages)),
          whole(cifarImages("test", witness.testImages)),
          { ranks },
        ),
      );
      network.dispose();
      expect(tf.memory().numTensors).toBe(before);
      // One image in 128 may lie on the border of two classes within float32’s rounding.
      const count = (share: number): number => share * witness.testImages;
      expect(Math.abs(count(head.testError) - wrong)).toBeLessThanOrEqual(1.01);
      expect(head.wrong.reduce((sum, flag) => sum + flag, 0)).toBeCloseTo(count(head.testError), 9);
      expect(head.errorByRank).toHaveLength(ranks);
      head.errorByRank.forEach((error, k) => {
        expect(Math.abs(count(error) - (wrongByRank[k] ?? NaN))).toBeLessThanOrEqual(1.01);
      });
      // Nothing is cut off at the last rank.
      expect(head.errorByRank.at(-1)).toBe(head.testError);
    },
  );
});

describeOnEachBackend("planted classes", () => {
  /** An image’s class is the row that is bright. */
  function planted(count: number, seed: number): ImageSet {
    const images = randomImages(count, seed);
    const pixels = images.pixels.map((value) => value >> 2);
    const labels = classIndices(count, classes);
    for (let k = 0; k < count; k++) {
      labels[k] = k % classes;
      const first = (k * 32 + 3 * (k % classes)) * 32 * 3;
      pixels.fill(255, first, first + 32 * 3);
    }
    return { ...images, pixels, labels };
  }

  test("that a linear map tells apart leave no error, and as many directions as they need", async () => {
    const rows = {
      width: 32,
      // The mean of every row of the image.
      of: (images: Tensor4D) => tf.tidy(() => tf.mean<Tensor2D>(images, [2, 3])),
    };
    const parts = [whole(planted(200, 1)), whole(planted(100, 2))] as const;
    const head = await last(fitHead(rows, classes, ...parts, { ranks }));
    expect(head.testError).toBe(0);
    expect(Math.max(...head.wrong)).toBe(0);
    // Ten corners of a simplex on one line: no more than two of them are its ends.
    expect(head.errorByRank[0]).toBeGreaterThanOrEqual(0.7);
    expect(head.errorByRank.at(-1)).toBe(0);
  });
});

test("a flattened representation is averaged to 4 × 4 parts, or 16 runs of tokens, where it is large", () => {
  const map = (height: number, width: number, channels: number) => ({ height, width, channels });
  expect(probeGrid(map(32, 32, 16), "flattened")).toEqual([4, 4]);
  expect(probeGrid(map(8, 8, 32), "flattened")).toEqual([8, 8]);
  expect(probeGrid(map(8, 8, 33), "flattened")).toEqual([4, 4]);
  expect(probeGrid(map(2, 2, 999), "flattened")).toEqual([2, 2]);
  expect(probeGrid(map(1, 65, 96), "flattened")).toEqual([1, 16]);
  expect(probeGrid(map(32, 32, 16), "pooled")).toEqual([1, 1]);
  expect(probeWidth(map(32, 32, 16), "flattened")).toBe(256);
  expect(probeWidth(map(32, 32, 16), "pooled")).toBe(16);
});
