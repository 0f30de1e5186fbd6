/**
 * A bottom whose representations are altered before a stitch reads them, in ways that lose nothing.
 * Bansal, Nakkiran & Barak 2021, sec. 3: measures of similarity mind what a stitch does not, and
 * the other way about.
 *
 * The views are networks like any other: an image has one altered representation, whatever batch it
 * is in.
 */
import { boxMuller, seeded, shuffled } from "../random/generator";
import { keptTensors, type KeptTensors } from "../tensor/ownership";
import { tf, type Tensor1D, type Tensor2D, type Tensor4D } from "../tensor/tf";
import type { Tap } from "./architecture";
import type { FrozenNetwork } from "./network";

/** Different noises; an image has one of them, by its pixels. */
const noises = 128;
const noiseSeed = 1234;
const shuffleSeed = 4321;

/**
 * The bottom with channels of standard Gaussian noise after its own.
 *
 * The noise is a fixed function of the image that knows nothing of what the image shows: pixels are
 * summed with random weights, and what the sum has after the point chooses one of 128 noises.
 *
 * @returns a view that keeps its noise on the device until it is disposed, with the network
 */
export function withNoiseChannels(network: FrozenNetwork, channels: number): FrozenNetwork {
  const kept = new Map<string, KeptTensors<readonly [Tensor2D]>>();
  // Each from a generator of its own, so that it does not matter which is needed first.
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
  const beside = (x: Tensor4D, chosen: Tensor1D): Tensor4D => {
    const [n, h, w] = x.shape;
    const pool = normals(noises, h * w * channels);
    const noise = tf.reshape(tf.gather(pool, chosen), [n, h, w, channels]);
    return tf.concat([x, noise as Tensor4D], 3);
  };
  const view = alteredNetwork(network, (tap) => ({ ...tap, channels: tap.channels + channels }), {
    prepare: choose,
    alter: beside,
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
  return alteredNetwork(network, (tap) => tap, {
    prepare: () => null,
    alter(x) {
      const [n, h, w, c] = x.shape;
      const from = tf.tensor1d(Int32Array.from(order(h * w)), "int32");
      return tf.reshape(tf.gather(tf.reshape(x, [n, h * w, c]), from, 1), [n, h, w, c]);
    },
  });
}

/** How to alter: what is computed once a batch, and what then happens at each tap. */
interface Alteration<Prepared> {
  readonly prepare: (images: Tensor4D) => Prepared;
  readonly alter: (x: Tensor4D, prepared: Prepared) => Tensor4D;
}

function alteredNetwork<Prepared extends Tensor1D | null>(
  network: FrozenNetwork,
  tapOf: (tap: Tap) => Tap,
  { prepare, alter }: Alteration<Prepared>,
): FrozenNetwork {
  return {
    ...network,
    taps: network.taps.map(tapOf),
    bottom: (images, tap) => tf.tidy(() => alter(network.bottom(images, tap), prepare(images))),
    representations: (images, last) =>
      tf.tidy(() => {
        const prepared = prepare(images);
        return network.representations(images, last).map((x) => alter(x, prepared));
      }),
  };
}
