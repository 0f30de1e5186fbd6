/**
 * Small stitch gradients, for comparing one backend with another. They pass through every operator
 * that stitching uses: convolutions of stride 1 and 2 with their input gradients, the residual sum,
 * pooling to logits; attention, LayerNorm and GELU; batch statistics and cross-entropy.
 */
import { classesOf } from "../../nets/architecture";
import type { FrozenNetwork } from "../../nets/network";
import { seeded, type Generator } from "../../random/generator";
import { oneHot } from "../../data/images";
import { tf } from "../../tensor/tf";
import { lossAndGradient } from "./gradient";
import { randomStart } from "../parameters";
import { randomResnet, randomTransformer, uniform } from "./self-test-networks";
import { toDevice } from "./trainable";

/**
 * After the first block: the top then includes blocks of stride 2 with their shortcuts, and
 * attention.
 */
const tap = 1;

/** A self-test that can be run again and again; owns its network until `dispose`. */
export interface GradientSelfTest {
  /** Gradient of the stitch's trained numbers; the same for every call up to rounding. */
  run(): Promise<Float32Array>;
  dispose(): void;
}

/**
 * A stitch gradient below a ResNet. Everything comes from a fixed seed: every device computes the
 * same.
 *
 * @param images in the batch
 * @param width filters in the network's first stage
 */
export function gradientSelfTest(images: number, width: number): GradientSelfTest {
  const random = seeded(0);
  return selfTestBelow(randomResnet(random, width), images, random);
}

/** A stitch gradient below a Vision Transformer, whose heads are four numbers wide. */
export function tokenGradientSelfTest(images: number, heads: number): GradientSelfTest {
  const random = seeded(0);
  return selfTestBelow(randomTransformer(random, heads), images, random);
}

/** @param network owned by the result */
function selfTestBelow(
  network: FrozenNetwork,
  images: number,
  random: Generator,
): GradientSelfTest {
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
  const classes = classesOf(network.architecture);
  const labels = oneHot(
    Uint8Array.from({ length: images }, (_, image) => image % classes),
    classes,
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
 * Largest difference between two gradients, relative to the largest entry of the second; infinite
 * if one has a NaN.
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
