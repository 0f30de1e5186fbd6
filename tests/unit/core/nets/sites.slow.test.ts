import { afterAll, beforeAll, expect, test } from "vitest";
import { closedFormPass } from "../../../../src/core/closed-form/pass";
import type { ClosedFormSums } from "../../../../src/core/similarity/sums";
import { networksAtSites } from "../../../../src/core/nets/sites";
import type { FrozenNetwork } from "../../../../src/core/nets/network";
import { tf, type Rank } from "../../../../src/core/tensor/tf";
import { diagonalSites, gridSites } from "../../../../src/experiment/sites";
import { describeOnEachBackend } from "../../backend";
import { tinyNetwork, randomImages } from "../../fixtures";

const images = randomImages(10, 4);

async function sumsOf(
  bottom: FrozenNetwork,
  top: FrozenNetwork,
): Promise<readonly ClosedFormSums[]> {
  let sums: readonly ClosedFormSums[] = [];
  for await (const event of closedFormPass(bottom, top, images, { first: 0, end: 10 }, 8)) {
    sums = event.sums.flatMap((sum) => sum ?? []);
  }
  return sums;
}

describeOnEachBackend("networks seen through cells", () => {
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

  test("the diagonal of two networks of one kind is the two networks", async () => {
    const seen = networksAtSites(bottom, top, diagonalSites(bottom.architecture, top.architecture));
    expect(seen.bottom.taps).toEqual(bottom.taps);
    expect(await sumsOf(seen.bottom, seen.top)).toEqual(await sumsOf(bottom, top));
  });

  test("the grid's diagonal has the results of the single pairs", async () => {
    const cells = gridSites(bottom.architecture, top.architecture);
    const count = top.taps.length;
    expect(cells).toHaveLength(count * bottom.taps.length);
    const seen = networksAtSites(bottom, top, cells);
    const all = await sumsOf(seen.bottom, seen.top);
    const alone = await sumsOf(bottom, top);
    expect(alone).toEqual(alone.map((_, tap) => all[tap * count + tap]));
  });

  test("every representation has the size of the top's tap and the channels of its own", () => {
    const cells = gridSites(bottom.architecture, top.architecture);
    const seen = networksAtSites(bottom, top, cells);
    tf.tidy(() => {
      const batch = tf.zeros<Rank.R4>([2, 32, 32, 3]);
      seen.bottom.representations(batch).forEach((x, cell) => {
        const { height, width, channels } = seen.bottom.taps[cell] ?? {};
        expect(x.shape).toEqual([2, height, width, channels]);
        expect(height).toBe(top.taps[cells[cell]?.topTap ?? -1]?.height);
        expect(seen.bottom.bottom(batch, cell).shape).toEqual(x.shape);
      });
    });
  });

  test("nothing is left on the device", async () => {
    const before = tf.memory().numTensors;
    const seen = networksAtSites(bottom, top, gridSites(bottom.architecture, top.architecture));
    await sumsOf(seen.bottom, seen.top);
    expect(tf.memory().numTensors).toBe(before);
  });

  test("a cell of a tap that does not exist is refused", () => {
    expect(() => networksAtSites(bottom, top, [{ bottomTap: 99, topTap: 0 }])).toThrow("cell 0");
  });
});
