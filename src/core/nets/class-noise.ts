/**
 * A control that has seen no image: class-clustered noise in the place of a bottom's representations.
 * Smith, Mannering & Marcu 2025, "Functional alignment can mislead: examining model stitching".
 *
 * At a tap an image of class k becomes μ_k + ε. Each class has a direction μ_k of one number a channel,
 * the same at all positions, which a stitch of single positions can read; ε is another number at every
 * position and channel. All are standard normal: of each number, half the variance is the class's.
 *
 * The noise is a fixed function of the image and of nothing else, whatever its batch: a stretch of a
 * table of normal numbers, which begins where a hash of the image's bytes says. Only gathers and one
 * sum are computed on the device: every backend has the same bits.
 */
import { LabError } from "../errors";
import { boxMuller, seeded } from "../random/generator";
import { keptTensors, type KeptTensors } from "../tensor/ownership";
import { tf, type Rank, type Tensor1D, type Tensor2D, type Tensor4D } from "../tensor/tf";
import { representationBytes } from "./memory";
import type { FrozenNetwork } from "./network";

const classSeed = 2468;
const tableSeed = 1357;
const startSeed = 9753;
/** Places where an image's noise may begin. A power of two below 2²³: float32 has all sums of two. */
const starts = 2 ** 21;

/**
 * The bottom with noise at all of its taps, in the shapes that they have. Of the network itself only
 * these shapes remain, and its own logits.
 *
 * @param classes that the data set's labels have
 * @returns a view that keeps its noise on the device until it is disposed, with the network
 * @throws LabError `bad-input` without classes
 */
export function classClusteredNoise(network: FrozenNetwork, classes: number): FrozenNetwork {
  if (classes === 0) {
    throw new LabError({
      code: "bad-input",
      input: "class-noise",
      expected: "images with labels",
      found: "images without labels",
    });
  }
  const { taps, memory } = network;
  const longest = Math.max(...taps.map((tap) => sizeOf(tap)));
  const table = keptTensors((): readonly [Tensor1D] => {
    const normal = boxMuller(seeded(tableSeed));
    return [tf.tensor1d(Float32Array.from({ length: starts + longest }, normal))];
  });
  const means = taps.map(({ channels }, tap): KeptTensors<readonly [Tensor2D]> =>
    keptTensors(() => {
      const normal = boxMuller(seeded(classSeed, tap));
      const values = Float32Array.from({ length: classes * channels }, normal);
      return [tf.tensor2d(values, [classes, channels])];
    }),
  );
  const noiseAt = (source: Tensor4D, tap: number): Tensor4D =>
    tf.tidy(() => {
      const [at, mean] = [taps[tap], means[tap]];
      if (!at || !mean) throw new RangeError(`tap: expected one of ${taps.length}, found ${tap}`);
      const { height, width, channels } = at;
      const [n] = source.shape;
      const columns = tf.reshape<Rank.R2>(source, [n, 2]);
      const labels = tf.reshape<Rank.R1>(tf.slice(columns, [0, 0], [n, 1]), [n]);
      const moved = tf.add(tf.slice(columns, [0, 1], [n, 1]), startOf(tap));
      const first = tf.sub(moved, tf.mul(tf.floor(tf.mul(moved, 1 / starts)), starts));
      const places = tf.add(tf.cast(first, "int32"), tf.range(0, sizeOf(at), 1, "int32"));
      const noise = tf.gather(table.get()[0], tf.reshape<Rank.R1>(places, [places.size]));
      const ofClass = tf.gather(mean.get()[0], tf.cast(labels, "int32"));
      return tf.add(
        tf.reshape<Rank.R4>(noise, [n, height, width, channels]),
        tf.reshape<Rank.R4>(ofClass, [n, 1, 1, channels]),
      );
    });
  return {
    ...network,
    memory: {
      ...memory,
      // The places, the noise and the sum.
      bottom: (tap) => 3 * representationBytes(taps[tap]),
      representations: (last) =>
        taps.slice(0, last + 1).reduce((sum, tap) => sum + 3 * representationBytes(tap), 0),
    },
    source(images, indices, rows = indices.length) {
      const { height, width, channels, labels, pixels } = images;
      const bytes = height * width * channels;
      const values = new Float32Array(2 * rows);
      indices.forEach((index, row) => {
        const image = pixels.subarray(index * bytes, (index + 1) * bytes);
        values.set([labels[index] ?? 0, startOf(hashOf(image))], 2 * row);
      });
      return tf.tensor4d(values, [rows, 1, 1, 2]);
    },
    bottom: noiseAt,
    representations: (source, last = taps.length - 1) =>
      taps.slice(0, last + 1).map((_, tap) => noiseAt(source, tap)),
    dispose() {
      table.dispose();
      for (const mean of means) mean.dispose();
      network.dispose();
    },
  };
}

function sizeOf(tap: { height: number; width: number; channels: number }): number {
  return tap.height * tap.width * tap.channels;
}

function startOf(stream: number): number {
  return seeded(startSeed, stream).below(starts);
}

/** FNV-1a, 32 bits. */
function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash;
}
