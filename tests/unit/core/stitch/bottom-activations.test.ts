import { afterEach, beforeEach, expect, test } from "vitest";
import { imageBatch } from "../../../../src/core/data/images";
import type { FrozenNetwork } from "../../../../src/core/nets/network";
import { bottomActivations } from "../../../../src/core/stitch/bottom-activations";
import { tf } from "../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../backend";
import { tinyNetwork } from "../../fixtures";
import { randomImages } from "../images";

const images = randomImages(9);
const tap = 2;

describeOnEachBackend("the bottom's activations", () => {
  let bottom: FrozenNetwork;

  beforeEach(() => {
    bottom = tinyNetwork("tiny-b");
  });
  afterEach(() => {
    bottom.dispose();
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

  test("are the same kept as computed anew, in any order and again", () => {
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

  test("beyond the budget are computed anew, with the same numbers", () => {
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
});
