import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "../../../../src/core/schema";
import { imageBatch } from "../../../../src/core/data/images";
import type { FrozenNetwork } from "../../../../src/core/nets/network";
import { tf, type Tensor4D } from "../../../../src/core/tensor/tf";
import { describeOnEachBackend, useBackend } from "../../backend";
import {
  cifarImages,
  fixture,
  networkOf,
  tinyNetwork,
  type TinyId,
  weightsSchema,
  type Weights,
  randomImages,
} from "../../fixtures";
import { largestDifference } from "../numbers";

const reference = fixture(
  "logits",
  z.object({
    images: z.int(),
    networks: z.array(z.extend(weightsSchema, { logits: z.array(z.number()) })),
  }),
);
const tiny = reference.networks.filter(({ id }) => id.startsWith("tiny-"));
const ofTheZoo = reference.networks.filter(({ id }) => !id.startsWith("tiny-"));

/** Images 0 … n − 1. */
const first = (n: number): Uint32Array => Uint32Array.from({ length: n }, (_, index) => index);

async function logitDifference(weights: Weights, expected: number[]): Promise<number> {
  const network = networkOf(weights);
  const images = imageBatch(cifarImages("test", reference.images), first(reference.images));
  const logits = network.logits(images);
  const difference = largestDifference(await logits.data(), expected);
  network.dispose();
  tf.dispose([images, logits]);
  return difference;
}

describe("a network of the zoo", () => {
  beforeAll(() => useBackend("wasm"));

  test.each(ofTheZoo)("$id has PyTorch's logits on test images", async ({ logits, ...weights }) => {
    expect(await logitDifference(weights, logits)).toBeLessThan(1e-3);
  });
});

describeOnEachBackend("a tiny network", () => {
  test.each(tiny)("$id has PyTorch's logits on test images", async ({ logits, ...weights }) => {
    expect(await logitDifference(weights, logits)).toBeLessThan(1e-3);
  });

  describe.each(["tiny-a", "tiny-vit-a"] as const)("%s", (id) => {
    claimsOf(id);
  });
});

function claimsOf(id: TinyId): void {
  let network: FrozenNetwork;
  let images: Tensor4D;
  beforeAll(() => {
    network = tinyNetwork(id);
    images = imageBatch(randomImages(4), first(4));
  });
  afterAll(() => {
    network.dispose();
    images.dispose();
  });

  test("cut at any tap and joined again gives bit-equal logits", async () => {
    const whole = network.logits(images);
    const expected = await whole.data();
    whole.dispose();
    for (const { index } of network.taps) {
      const joined = tf.tidy(() => network.top(network.bottom(images, index), index));
      expect(await joined.data()).toEqual(expected);
      joined.dispose();
    }
  });

  test("gives the same logits traced as untraced", async () => {
    const [plain, traced] = tf.tidy(() => {
      const representation = network.bottom(images, 1);
      return [network.top(representation, 1), network.traceTop(representation, 1).logits];
    });
    expect(await traced.data()).toEqual(await plain.data());
    tf.dispose([plain, traced]);
  });

  test("has representations of the shapes that its taps say", () => {
    const representations = network.representations(images);
    expect(representations.map(({ shape }) => shape)).toEqual(
      network.taps.map(({ height, width, channels }) => [4, height, width, channels]),
    );
    tf.dispose(representations);
  });

  test("has the same representation at a tap, alone or among all", async () => {
    const representations = network.representations(images);
    for (const [tap, representation] of representations.entries()) {
      const alone = network.bottom(images, tap);
      expect(await alone.data()).toEqual(await representation.data());
      alone.dispose();
    }
    tf.dispose(representations);
  });
}
