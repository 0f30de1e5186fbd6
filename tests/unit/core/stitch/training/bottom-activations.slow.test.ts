import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { imageBatch } from "../../../../../src/core/data/images";
import type { FrozenNetwork } from "../../../../../src/core/nets/network";
import { seeded } from "../../../../../src/core/random/generator";
import { bottomActivations } from "../../../../../src/core/stitch/training/bottom-activations";
import { leastSquares } from "../../../../../src/core/stitch/families/least-squares";
import { momentsOf } from "../../../../../src/core/closed-form/batch-sums";
import { randomStart } from "../../../../../src/core/stitch/parameters";
import { refineStitch } from "../../../../../src/core/stitch/refinement/refine";
import { trainStitch } from "../../../../../src/core/stitch/training/train";
import { readsAtOnce } from "../../../../../src/core/tensor/backend";
import { tf } from "../../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../../backend";
import { tinyNetwork, randomImages } from "../../../fixtures";

vi.mock(import("../../../../../src/core/tensor/backend"), async (original) => {
  const backend = await original();
  return { ...backend, readsAtOnce: vi.fn(backend.readsAtOnce) };
});

const images = randomImages(9);
const tap = 2;

describeOnEachBackend("the bottom's activations", () => {
  let bottom: FrozenNetwork;

  beforeEach(() => {
    bottom = tinyNetwork("tiny-b");
  });
  afterEach(() => {
    bottom.dispose();
    vi.mocked(readsAtOnce).mockReset();
  });

  function computed(indices: number[], rows = indices.length): ArrayLike<number> {
    return tf.tidy(() =>
      bottom
        .bottom(imageBatch(images, Uint32Array.from(indices), rows), tap)
        .dataSync()
        .slice(),
    );
  }

  test("of an image are bit for bit the same whatever batch it is in", () => {
    const size = computed([0]).length;
    const together = Array.from(computed([4, 7, 2, 0, 8]));
    expect(together.slice(3 * size, 4 * size)).toEqual(Array.from(computed([0])));
    expect(together.slice(size, 2 * size)).toEqual(Array.from(computed([7, 1])).slice(0, size));
  });

  test("are the same whether kept or recomputed, in any order and repeatedly", () => {
    const kept = bottomActivations(bottom, tap, images, images.count);
    for (const indices of [
      [3, 1, 5],
      [5, 0, 3],
      [3, 1, 5],
    ]) {
      const batch = kept.batch(Uint32Array.from(indices));
      expect(Array.from(batch.dataSync())).toEqual(Array.from(computed(indices)));
      batch.dispose();
    }
  });

  test("beyond the budget are recomputed, with the same numbers", () => {
    const runs = bottomActivations(bottom, tap, images, images.count, 0);
    const batch = runs.batch(Uint32Array.of(6, 2));
    expect(Array.from(batch.dataSync())).toEqual(Array.from(computed([6, 2])));
    batch.dispose();
  });

  test("leave one tensor, the batch, to the caller", () => {
    const kept = bottomActivations(bottom, tap, images, images.count);
    kept.batch(Uint32Array.of(1)).dispose();
    const before = tf.memory().numTensors;
    kept.batch(Uint32Array.of(1, 2), 4).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  /**
   * The last event of training and of refinement, and how many images went through the bottom for
   * them.
   */
  async function trained(readable: boolean): Promise<{ last: unknown[]; throughBottom: number }> {
    vi.mocked(readsAtOnce).mockReturnValue(readable);
    const top = tinyNetwork("tiny-a");
    const through = vi.spyOn(bottom, "bottom");
    const all = imageBatch(images, Uint32Array.from(images.labels.keys()));
    const [x, y] = [bottom.bottom(all, tap), top.bottom(all, tap)];
    const moments = await momentsOf(x, y);
    through.mockClear();
    const c = moments.meanX.length;
    const plan = { bottom, top, tap, images, epochs: 3, batchSize: 3, seed: 1 };
    const last = [
      await lastOf(trainStitch({ ...plan, start: randomStart(c, c, seeded(2)), peakRate: 1e-2 })),
      await lastOf(refineStitch({ ...plan, start: leastSquares(moments), moments })),
    ];
    const throughBottom = through.mock.calls.reduce((sum, [batch]) => sum + batch.shape[0], 0);
    tf.dispose([all, x, y]);
    top.dispose();
    return { last, throughBottom };
  }

  test("give the same training and refinement bit for bit, kept or recomputed", async () => {
    const kept = await trained(true);
    const recomputed = await trained(false);
    expect(kept.last).toEqual(recomputed.last);
    expect(kept.throughBottom).toBeLessThan(recomputed.throughBottom / 2);
  });
});

async function lastOf<T>(events: AsyncIterable<T>): Promise<T | undefined> {
  let last: T | undefined;
  for await (const event of events) last = event;
  return last;
}
