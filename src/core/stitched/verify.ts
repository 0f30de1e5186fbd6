/** Checks that a stitched network's file computes the same as the stitched network. */
import { LabError } from "../errors";
import type { ImageSet } from "../data/image-set";
import { imageBatch } from "../data/images";
import type { FrozenNetwork } from "../nets/network";
import { epsilon, type StitchParameters } from "../stitch/parameters";
import { kernels } from "../tensor/backend";
import { tf, type Tensor2D, type Tensor4D } from "../tensor/tf";
import { readStitched } from "./file";

/** Float32 rounding over dozens of layers stays well below this share of the largest logit. */
const relativeTolerance = 1e-4;

export interface Agreement {
  readonly images: number;
  /** Largest difference of any logit of any image. */
  readonly largestDifference: number;
  readonly largestLogit: number;
  /** A file with a larger difference is rejected. */
  readonly tolerance: number;
}

/**
 * Reads a file back and compares it with the stitched network, whose stitch runs as it was trained:
 * BatchNorm, convolution, BatchNorm, one after another.
 *
 * @param name name of the file in errors
 * @throws LabError `numerics` if their logits differ by more than rounding
 */
export async function checkAgreement(
  bytes: Uint8Array,
  name: string,
  bottom: FrozenNetwork,
  top: FrozenNetwork,
  tap: number,
  stitch: StitchParameters,
  images: ImageSet,
): Promise<Agreement> {
  const network = readStitched(bytes, name);
  try {
    const all = imageBatch(
      images,
      Uint32Array.from({ length: images.count }, (_, i) => i),
    );
    const wanted = tf.tidy(() => {
      const x = bottom.bottom(all, tap);
      return top.top(layerByLayer(x, stitch), tap);
    });
    const found = network.logits(all);
    const [a, b] = await Promise.all([wanted.data(), found.data()]);
    tf.dispose([all, wanted, found]);
    let [largestDifference, largestLogit] = [0, 0];
    for (const [k, value] of a.entries()) {
      largestLogit = Math.max(largestLogit, Math.abs(value));
      // NaN persists and counts as disagreement.
      largestDifference = Math.max(largestDifference, Math.abs(value - (b[k] ?? NaN)));
    }
    const tolerance = relativeTolerance * Math.max(1, largestLogit);
    if (a.length === b.length && largestDifference <= tolerance) {
      return { images: images.count, largestDifference, largestLogit, tolerance };
    }
    throw new LabError({
      code: "numerics",
      input: name,
      expected: `logits within ${tolerance.toExponential(1)} of the stitched network’s`,
      found: `a difference of ${largestDifference.toExponential(1)}`,
    });
  } finally {
    network.dispose();
  }
}

/** Computes BN₂(BN₁(x) ⋆ W) with nothing folded. */
function layerByLayer(x: Tensor4D, stitch: StitchParameters): Tensor4D {
  const { source, target, side } = stitch;
  const u = normalised(x, stitch.gamma1, stitch.beta1, stitch.mean1, stitch.variance1);
  const y = side ? convolved(u, stitch, side) : multiplied(u, stitch);
  return normalised(y, stitch.gamma2, stitch.beta2, stitch.mean2, stitch.variance2);

  function multiplied(input: Tensor4D, { weight }: StitchParameters): Tensor4D {
    const [n, h, w] = input.shape;
    const rows: Tensor2D = tf.reshape(input, [n * h * w, source]);
    return tf.reshape(tf.matMul(rows, tf.tensor2d(weight, [source, target])), [n, h, w, target]);
  }

  function convolved(input: Tensor4D, { weight }: StitchParameters, k: number): Tensor4D {
    const kernel = tf.tensor4d(weight, [k, k, source, target]);
    const convolution = kernels().frozenConvolution(kernel, tf.zeros([target]), 1);
    const output = convolution.forward(input, "linear");
    convolution.dispose();
    return output;
  }
}

/** γ (u − mean) / √(variance + ε) + β */
function normalised(
  u: Tensor4D,
  gamma: Float32Array,
  beta: Float32Array,
  mean: Float32Array,
  variance: Float32Array,
): Tensor4D {
  const deviation = variance.map((value) => Math.sqrt(value + epsilon));
  const centred = tf.div(tf.sub(u, tf.tensor1d(mean)), tf.tensor1d(deviation));
  return tf.add(tf.mul(centred, tf.tensor1d(gamma)), tf.tensor1d(beta));
}
