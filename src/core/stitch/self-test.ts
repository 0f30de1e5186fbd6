/**
 * A small stitch gradient, for comparing one backend with another. It passes through every operator that
 * stitching uses: convolutions of stride 1 and 2 with their input gradients, the residual sum, pooling to
 * logits, batch statistics and cross-entropy.
 */
import { classCount } from "../nets/layers";
import { frozenNetwork, type FrozenNetwork } from "../nets/network";
import { seeded, type Generator } from "../random/generator";
import { oneHot } from "../tensor/one-hot";
import { tf } from "../tensor/tf";
import type { StateTensor } from "../weights/state";
import { lossAndGradient } from "./gradient";
import { randomStart } from "./parameters";
import { toDevice } from "./trainable";

/** After the first block, so that blocks of stride 2 with their shortcuts take part. */
const tap = 1;

/** A self-test that can be run again and again; owns its network until `dispose`. */
export interface GradientSelfTest {
  /** Gradient of the stitch's trained numbers; the same for every call up to rounding. */
  run(): Promise<Float32Array>;
  dispose(): void;
}

/**
 * Everything is made from a fixed seed, so that every device is asked the same question.
 *
 * @param images in the batch
 * @param width filters in the network's first stage
 */
export function gradientSelfTest(images: number, width: number): GradientSelfTest {
  const random = seeded(0);
  const network = randomNetwork(random, width);
  const {
    height,
    width: columns,
    channels,
  } = network.taps[tap] ?? { height: 0, width: 0, channels: 0 };
  const x = tf.tensor4d(uniform(random, images * height * columns * channels, 1), [
    images,
    height,
    columns,
    channels,
  ]);
  const labels = oneHot(
    Uint8Array.from({ length: images }, (_, image) => image % classCount),
    classCount,
  );
  const { trained, statistics } = toDevice(randomStart(channels, channels, random));
  return {
    async run() {
      const result = lossAndGradient(trained, statistics, x, labels, network, tap);
      try {
        return Float32Array.from(await result.gradient.data());
      } finally {
        tf.dispose([result.loss, result.gradient, result.statistics]);
      }
    },
    dispose() {
      network.dispose();
      tf.dispose([x, labels, trained, statistics]);
    },
  };
}

/**
 * Largest difference between two gradients, relative to the largest entry of the second; infinite where
 * one has a NaN.
 */
export function relativeDifference(gradient: Float32Array, expected: Float32Array): number {
  let scale = 0;
  let difference = 0;
  expected.forEach((value, k) => {
    const distance = Math.abs((gradient[k] ?? NaN) - value);
    scale = Math.max(scale, Math.abs(value));
    difference = Math.max(difference, Number.isNaN(distance) ? Infinity : distance);
  });
  return difference / scale;
}

function randomNetwork(random: Generator, width: number): FrozenNetwork {
  const state = new Map<string, StateTensor>();
  const add = (name: string, shape: number[], fanIn: number): void => {
    const size = shape.reduce((product, axis) => product * axis, 1);
    state.set(name, { shape, values: uniform(random, size, Math.sqrt(3 / fanIn)) });
  };
  const norm = (name: string, c: number): void => {
    const constant = (value: number): StateTensor => ({
      shape: [c],
      values: new Float32Array(c).fill(value),
    });
    state.set(`${name}.weight`, constant(1));
    state.set(`${name}.bias`, constant(0));
    state.set(`${name}.running_mean`, constant(0));
    state.set(`${name}.running_var`, constant(1));
  };
  add("conv1.weight", [width, 3, 3, 3], 27);
  norm("bn1", width);
  let c1 = width;
  for (let stage = 1; stage <= 4; stage++) {
    const c2 = width * 2 ** (stage - 1);
    const block = `layer${String(stage)}.0`;
    add(`${block}.conv1.weight`, [c2, c1, 3, 3], 9 * c1);
    norm(`${block}.bn1`, c2);
    add(`${block}.conv2.weight`, [c2, c2, 3, 3], 9 * c2);
    norm(`${block}.bn2`, c2);
    if (c1 !== c2) {
      add(`${block}.downsample.0.weight`, [c2, c1, 1, 1], c1);
      norm(`${block}.downsample.1`, c2);
    }
    c1 = c2;
  }
  add("fc.weight", [classCount, c1], c1);
  add("fc.bias", [classCount], c1);
  return frozenNetwork(state, { family: "resnet", blocks: [1, 1, 1, 1], width });
}

function uniform(random: Generator, size: number, bound: number): Float32Array {
  return Float32Array.from({ length: size }, () => (2 * random.uniform() - 1) * bound);
}
