import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "../../../../src/core/schema";
import { closedFormPass } from "../../../../src/core/closed-form/pass";
import {
  mergeSums,
  type ClosedFormSums,
  noGrams,
  type GramSums,
} from "../../../../src/core/similarity/sums";
import type { ImageSet } from "../../../../src/core/data/image-set";
import type { FrozenNetwork } from "../../../../src/core/nets/network";
import { ckaOf } from "../../../../src/core/similarity/hsic-sums";
import { similarityOf } from "../../../../src/core/similarity/measures";
import { leastSquares } from "../../../../src/core/stitch/families/least-squares";
import { describeOnEachBackend, useBackend } from "../../backend";
import {
  cifarImages,
  fixture,
  networkOf,
  tinyNetwork,
  weightsSchema,
  zooTimeoutMs,
  randomImages,
} from "../../fixtures";
import { relativeDistance } from "../numbers";

const reference = fixture(
  "similarity",
  z.object({
    images: z.int(),
    batch: z.int(),
    pairs: z.array(
      z.object({ bottom: weightsSchema, top: weightsSchema, cka: z.array(z.number()) }),
    ),
  }),
);

/** Everything a pass gathers over images `first` up to `end`. */
async function gathered(
  bottom: FrozenNetwork,
  top: FrozenNetwork,
  images: ImageSet,
  first: number,
  end: number,
  batchSize: number,
): Promise<readonly ClosedFormSums[]> {
  let sums: readonly ClosedFormSums[] = [];
  for await (const event of closedFormPass(bottom, top, images, { first, end }, batchSize)) {
    sums = event.sums.flatMap((sum) => sum ?? []);
  }
  return sums;
}

const gramsIn = ({ hsic, biasedHsic, rbfHsic, neighbours }: GramSums): GramSums => ({
  hsic,
  biasedHsic,
  rbfHsic,
  neighbours,
});

const named = reference.pairs.map((pair) => ({
  name: `${pair.bottom.id} and ${pair.top.id}`,
  pair,
}));

describe.each(named)("debiased CKA of $name", ({ pair }) => {
  beforeAll(() => useBackend("wasm"));

  test(
    `at every tap is PyTorch's, over ${reference.images} test images`,
    async () => {
      const [bottom, top] = [networkOf(pair.bottom), networkOf(pair.top)];
      const images = cifarImages("test", reference.images);
      const sums = await gathered(bottom, top, images, 0, images.count, reference.batch);
      const cka = sums.map(({ hsic }) => ckaOf(hsic) ?? NaN);
      expect(cka).toHaveLength(pair.cka.length);
      cka.forEach((value, tap) =>
        expect(Math.abs(value - (pair.cka[tap] ?? NaN))).toBeLessThan(1e-4),
      );
      bottom.dispose();
      top.dispose();
    },
    zooTimeoutMs,
  );
});

describeOnEachBackend("a pass", () => {
  const images = randomImages(20);
  let bottom: FrozenNetwork;
  let top: FrozenNetwork;
  beforeAll(() => {
    bottom = tinyNetwork("tiny-b");
    top = tinyNetwork("tiny-a");
  });
  afterAll(() => {
    bottom.dispose();
    top.dispose();
  });

  test("of some taps gathers the same at those, and nothing at the others", async () => {
    const whole = await gathered(bottom, top, images, 0, 20, 5);
    let some: readonly (ClosedFormSums | null)[] = [];
    const range = { first: 0, end: 20, taps: [3, 1] };
    for await (const event of closedFormPass(bottom, top, images, range, 5)) some = event.sums;
    expect(some).toEqual(whole.map((sum, tap) => (range.taps.includes(tap) ? sum : null)));
  });

  test("over parts of the images merges to the pass over all of them", async () => {
    const whole = await gathered(bottom, top, images, 0, 20, 5);
    const [left, right] = [
      await gathered(bottom, top, images, 0, 10, 5),
      await gathered(bottom, top, images, 10, 20, 5),
    ];
    whole.forEach((expected, tap) => {
      const [a, b] = [left[tap], right[tap]];
      if (!a || !b) throw new Error(`a part has no tap ${tap}`);
      const merged = mergeSums(a, b);
      expect(merged.moments.count).toBe(expected.moments.count);
      for (const name of ["meanX", "meanY", "xx", "xy", "yy"] as const) {
        const distance = relativeDistance(merged.moments[name], expected.moments[name]);
        expect(distance).toBeLessThan(1e-12);
      }
      expect(ckaOf(merged.hsic)).toBeCloseTo(ckaOf(expected.hsic) ?? NaN, 12);
    });
  });

  test("does not depend on the size of its batches in what it fits", async () => {
    const [small, large] = [
      await gathered(bottom, top, images, 0, 20, 4),
      await gathered(bottom, top, images, 0, 20, 20),
    ];
    small.forEach((sums, tap) => {
      const other = large[tap];
      if (!other) throw new Error(`no tap ${tap}`);
      expect(leastSquares(sums.moments).r2).toBeCloseTo(leastSquares(other.moments).r2 ?? NaN, 4);
    });
  });

  test("drops a batch of fewer than four images from CKA, but not from the moments", async () => {
    const [five, seven] = [
      await gathered(bottom, top, images, 0, 5, 5),
      await gathered(bottom, top, images, 0, 7, 5),
    ];
    expect(seven.map(gramsIn)).toEqual(five.map(gramsIn));
    const perImage = (bottom.taps[0]?.height ?? 0) * (bottom.taps[0]?.width ?? 0);
    expect(seven[0]?.moments.count).toBe(7 * perImage);
  });

  test("over fewer than four images leaves CKA undefined", async () => {
    const sums = await gathered(bottom, top, images, 0, 3, 5);
    expect(sums.map(gramsIn)).toEqual(sums.map(() => noGrams));
    expect(sums.map(({ hsic }) => ckaOf(hsic))).toEqual(sums.map(() => null));
  });

  test("of a network with itself finds it the same at every tap", async () => {
    for (const { moments, hsic } of await gathered(top, top, images, 0, 20, 10)) {
      expect(ckaOf(hsic)).toBeCloseTo(1, 6);
      expect(leastSquares(moments).r2).toBeGreaterThan(1 - 1e-4);
    }
  });

  test("of a network with itself has every measure at 1", async () => {
    for (const sums of await gathered(top, top, images, 0, 20, 20)) {
      for (const value of Object.values(similarityOf(sums))) expect(value).toBeCloseTo(1, 4);
    }
  });

  test("says after every batch how many images it has passed", async () => {
    const passed: number[] = [];
    const range = { first: 3, end: 16 };
    for await (const event of closedFormPass(bottom, top, images, range, 6)) {
      passed.push(event.passed);
    }
    expect(passed).toEqual([6, 12, 13]);
  });
});
