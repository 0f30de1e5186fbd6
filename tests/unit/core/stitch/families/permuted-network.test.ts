/**
 * A copy of a network whose channels at one tap are in another order: the same function, another
 * basis.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { imageBatch } from "../../../../../src/core/data/images";
import { frozenNetwork, type FrozenNetwork } from "../../../../../src/core/nets/network";
import { seeded, shuffled } from "../../../../../src/core/random/generator";
import { deviceStitch } from "../../../../../src/core/stitch/device-stitch";
import { momentsOf } from "../../../../../src/core/closed-form/batch-sums";
import { matchedChannels } from "../../../../../src/core/stitch/families/channel-maps";
import { identity } from "../../../../../src/core/stitch/families/identity";
import { permutation } from "../../../../../src/core/stitch/families/permutation";
import { tf, type Tensor2D, type Tensor4D } from "../../../../../src/core/tensor/tf";
import { recogniseArchitecture } from "../../../../../src/core/nets/recognise/recognise";
import type { State, StateTensor } from "../../../../../src/core/weights/state";
import { describeOnEachBackend } from "../../../backend";
import { tinyState, randomImages } from "../../../fixtures";
import { largestDifference } from "../../numbers";

/** Slices of a tensor along an axis, in another order. */
function reordered({ shape, values }: StateTensor, axis: 0 | 1, order: Uint32Array): StateTensor {
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const outer = values.length / (inner * order.length);
  const moved = new Float32Array(values.length);
  for (let block = 0; block < outer; block++) {
    order.forEach((from, to) => {
      const start = (block * order.length + from) * inner;
      moved.set(values.subarray(start, start + inner), (block * order.length + to) * inner);
    });
  }
  return { shape, values: moved };
}

/**
 * The tiny ResNet with the output of stage 2, 3 or 4, which is tap 2, 3 or 4, in another order, and
 * with what reads it reordered to match.
 */
function permutedAt(state: State, stage: number, order: Uint32Array): State {
  const block = `layer${stage}.0`;
  const next = `layer${stage + 1}.0`;
  const writers = [`${block}.conv2.`, `${block}.bn2.`, `${block}.downsample.`];
  const readers = [`${next}.conv1.weight`, `${next}.downsample.0.weight`];
  if (stage === 4) readers.push("fc.weight");
  return new Map(
    [...state].map(([name, tensor]) => {
      const writes = writers.some((start) => name.startsWith(start)) && tensor.shape.length > 0;
      const written = writes ? reordered(tensor, 0, order) : tensor;
      return [name, readers.includes(name) ? reordered(written, 1, order) : written];
    }),
  );
}

describeOnEachBackend("a copy with permuted channels", () => {
  const state = tinyState("tiny-a");
  const architecture = recogniseArchitecture(state, "tiny-a");
  let top: FrozenNetwork;
  let images: Tensor4D;
  let alone: Tensor2D;
  beforeAll(() => {
    top = frozenNetwork(state, architecture);
    images = imageBatch(
      randomImages(8),
      Uint32Array.from({ length: 8 }, (_, k) => k),
    );
    alone = top.logits(images);
  });
  afterAll(() => {
    top.dispose();
    tf.dispose([images, alone]);
  });

  test.each([2, 3, 4])("at tap %i is stitched back by the permutation", async (tap) => {
    const order = shuffled(top.taps[tap]?.channels ?? 0, seeded(46, tap));
    const bottom = frozenNetwork(permutedAt(state, tap, order), architecture);
    const copy = bottom.logits(images);
    expect(largestDifference(await copy.data(), await alone.data())).toBeLessThan(1e-4);

    const [x, y] = [bottom.bottom(images, tap), top.bottom(images, tap)];
    const moments = await momentsOf(x, y);
    const fit = permutation(moments);
    const stitched = await logitsThrough(fit, x, tap);
    expect([...fit.sourceOf].map((from) => order[from])).toEqual(
      Array.from(order, (_, channel) => channel),
    );
    expect(stitched).toEqual(await alone.data());
    expect(matchedChannels(moments).weight).toEqual(fit.weight);

    // Unstitched, the very same copy is of no use.
    const unstitched = await logitsThrough(identity(moments), x, tap);
    expect(largestDifference(unstitched, await alone.data())).toBeGreaterThan(0.1);
    bottom.dispose();
    tf.dispose([copy, x, y]);
  });

  async function logitsThrough(
    map: Parameters<typeof deviceStitch>[0],
    x: Tensor4D,
    tap: number,
  ): Promise<Float32Array> {
    const stitch = deviceStitch(map);
    const logits = tf.tidy(() => top.top(stitch.apply(x), tap));
    const values = Float32Array.from(await logits.data());
    stitch.dispose();
    logits.dispose();
    return values;
  }
});
