/**
 * Bottoms whose representations are perturbed, without loss of information, before a stitch reads
 * them. Bansal, Nakkiran & Barak 2021, sec. 3: some perturbations change measures of similarity but
 * not stitching, others the reverse.
 *
 * The views are ordinary networks: an image's perturbed representation does not depend on its
 * batch.
 */
import { boxMuller, seeded, shuffled } from "../random/generator";
import { keptTensors, type KeptTensors } from "../tensor/ownership";
import { tf, type Tensor1D, type Tensor2D, type Tensor4D } from "../tensor/tf";
import type { Tap } from "./taps";
import { representationBytes } from "./memory";
import type { FrozenNetwork } from "./network";

/** Number of different noises; an image's pixels select one. */
const noises = 128;
const noiseSeed = 1234;
const shuffleSeed = 4321;

/**
 * The bottom with channels of standard Gaussian noise after its own.
 *
 * The noise is a fixed function of the image, independent of its content: pixels are summed with
 * random weights, and the fractional part of the sum selects one of 128 noises.
 *
 * @returns a view that keeps its noise on the device until it is disposed, with the network
 */
export function withNoiseChannels(network: FrozenNetwork, channels: number): FrozenNetwork {
  const kept = new Map<string, KeptTensors<readonly [Tensor2D]>>();
  // Each has its own generator: the order of use does not matter.
  const normals = (rows: number, columns: number): Tensor2D => {
    const name = `${rows} ${columns}`;
    const make = (): readonly [Tensor2D] => {
      const normal = boxMuller(seeded(noiseSeed, columns));
      const values = Float32Array.from({ length: rows * columns }, normal);
      return [tf.tensor2d(values, [rows, columns])];
    };
    const tensors = kept.get(name) ?? keptTensors(make);
    kept.set(name, tensors);
    return tensors.get()[0];
  };
  const choose = (images: Tensor4D): Tensor1D => {
    const [n, h, w, c] = images.shape;
    const pixels = h * w * c;
    const sums = tf.matMul(tf.reshape(images, [n, pixels]), normals(pixels, 1));
    const far = tf.sub(sums, tf.floor(sums));
    const index = tf.minimum(tf.floor(tf.mul(far, noises)), noises - 1);
    return tf.cast(tf.reshape(index, [n]), "int32");
  };
  const append = (x: Tensor4D, chosen: Tensor1D): Tensor4D => {
    const [n, h, w] = x.shape;
    const pool = normals(noises, h * w * channels);
    const noise = tf.reshape(tf.gather(pool, chosen), [n, h, w, channels]);
    return tf.concat([x, noise as Tensor4D], 3);
  };
  const view = perturbedNetwork(network, (tap) => ({ ...tap, channels: tap.channels + channels }), {
    prepare: choose,
    apply: append,
  });
  return {
    ...view,
    dispose() {
      for (const tensors of kept.values()) tensors.dispose();
      kept.clear();
      network.dispose();
    },
  };
}

/** The bottom with positions in another order at every tap, the same one for every image. */
export function shuffledPositions(network: FrozenNetwork): FrozenNetwork {
  const order = (positions: number): Uint32Array => shuffled(positions, seeded(shuffleSeed));
  return perturbedNetwork(network, (tap) => tap, {
    prepare: () => null,
    apply(x) {
      const [n, h, w, c] = x.shape;
      const from = tf.tensor1d(Int32Array.from(order(h * w)), "int32");
      return tf.reshape(tf.gather(tf.reshape(x, [n, h * w, c]), from, 1), [n, h, w, c]);
    },
  });
}

/** A perturbation in two steps: one computed once per batch, and one applied at each tap. */
interface Perturbation<Prepared> {
  readonly prepare: (images: Tensor4D) => Prepared;
  readonly apply: (x: Tensor4D, prepared: Prepared) => Tensor4D;
}

function perturbedNetwork<Prepared extends Tensor1D | null>(
  network: FrozenNetwork,
  tapOf: (tap: Tap) => Tap,
  { prepare, apply }: Perturbation<Prepared>,
): FrozenNetwork {
  const taps = network.taps.map(tapOf);
  const { memory } = network;
  const upTo = (last: number): number =>
    taps.slice(0, last + 1).reduce((sum, tap) => sum + representationBytes(tap), 0);
  return {
    ...network,
    taps,
    memory: {
      ...memory,
      bottom: (tap) => memory.bottom(tap) + 2 * representationBytes(taps[tap]),
      representations: (last) => memory.representations(last) + 2 * upTo(last),
    },
    bottom: (images, tap) => tf.tidy(() => apply(network.bottom(images, tap), prepare(images))),
    representations: (images, last) =>
      tf.tidy(() => {
        const prepared = prepare(images);
        return network.representations(images, last).map((x) => apply(x, prepared));
      }),
  };
}
