import { afterAll, beforeAll, expect, test } from "vitest";
import { closedFormPass } from "../../../../src/core/closed-form/pass";
import type { PartsFit } from "../../../../src/core/closed-form/parts";
import type { FrozenNetwork } from "../../../../src/core/nets/network";
import { similarityOf } from "../../../../src/core/similarity/measures";
import type { ClosedFormSums } from "../../../../src/core/similarity/sums";
import { leastSquares } from "../../../../src/core/stitch/families/least-squares";
import { tf } from "../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../backend";
import { randomImages, tinyNetwork } from "../../fixtures";

const images = randomImages(12);
const taps = [0, 2, 4];

describeOnEachBackend("a batch in parts", () => {
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

  async function gathered(fits?: PartsFit): Promise<ClosedFormSums[]> {
    let sums: readonly (ClosedFormSums | null)[] = [];
    const range = { first: 0, end: images.count, taps };
    for await (const event of closedFormPass(bottom, top, images, range, 8, undefined, fits)) {
      sums = event.sums;
    }
    return taps.flatMap((tap) => sums[tap] ?? []);
  }

  // All columns together; those of one tap in several sweeps; several taps in one sweep.
  test.each([1e9, 20_000, 300_000])(
    "that keeps %i bytes has the sums of the whole",
    async (kept) => {
      const whole = await gathered();
      const before = tf.memory().numTensors;
      const parts = await gathered({ rows: 2, keptBytes: kept });
      expect(tf.memory().numTensors).toBe(before);
      expect(parts).toHaveLength(whole.length);
      parts.forEach((part, k) => {
        const reference = whole[k];
        if (!reference) throw new Error(`no sums at ${k}`);
        expect(part.neighbours).toEqual(reference.neighbours);
        const [found, expected] = [similarityOf(part), similarityOf(reference)];
        for (const [name, value] of Object.entries(expected)) {
          const what = `${name} at tap ${taps[k] ?? ""}`;
          if (value === null) expect(found[name], what).toBeNull();
          else expect(found[name], what).toBeCloseTo(value, 4);
        }
        const [fit, wanted] = [leastSquares(part.moments), leastSquares(reference.moments)];
        expect(fit.r2).toBeCloseTo(wanted.r2 ?? NaN, 4);
      });
    },
  );

  test("has the same bits, however much is kept", async () => {
    const [all, one, some] = [
      await gathered({ rows: 2, keptBytes: 1e9 }),
      await gathered({ rows: 2, keptBytes: 0 }),
      await gathered({ rows: 2, keptBytes: 300_000 }),
    ];
    expect(one).toEqual(all);
    expect(some).toEqual(all);
  });
});
