/**
 * A stitch on the device, ready to apply: one affine map of every position, or a convolution with a
 * larger kernel.
 */
import { kernels } from "../tensor/backend";
import { tf, type Tensor1D, type Tensor2D, type Tensor4D } from "../tensor/tf";
import type { AffineMap } from "./affine-map";
import { toPaddedMap, type PaddedMap } from "./padded-map";
import { toAffine, type StitchParameters } from "./parameters";

/** A stitch's tensors; owns them until `dispose`. */
export interface DeviceStitch {
  /**
   * @param x [n, h, w, c₁]
   * @returns [n, h, w, c₂]; the caller disposes it
   */
  apply(x: Tensor4D): Tensor4D;
  dispose(): void;
}

/** Moves a trained stitch to the device for scoring: it normalises with its running statistics. */
export function stitchOnDevice(stitch: StitchParameters): DeviceStitch {
  return stitch.side
    ? paddedStitch(toPaddedMap(stitch), stitch.side)
    : deviceStitch(toAffine(stitch));
}

/** Moves z = x W + b to the device. */
export function deviceStitch({ weight, bias }: AffineMap): DeviceStitch {
  const target = bias.length;
  const w = tf.tensor2d(Float32Array.from(weight), [weight.length / target, target]);
  const b = tf.tensor1d(Float32Array.from(bias));
  return {
    apply: (x) => applyAffine(x, w, b),
    dispose() {
      tf.dispose([w, b]);
    },
  };
}

/** Moves a stitch with a larger kernel to the device. */
export function paddedStitch(
  { scale, shift, kernel, bias }: PaddedMap,
  side: number,
): DeviceStitch {
  const vector = (values: Float64Array): Tensor1D => tf.tensor1d(Float32Array.from(values));
  const [scales, shifts] = [vector(scale), vector(shift)];
  const convolution = kernels().frozenConvolution(
    tf.tensor4d(Float32Array.from(kernel), [side, side, scale.length, bias.length]),
    vector(bias),
    1,
  );
  return {
    apply: (x) =>
      tf.tidy(() => {
        const normalised = tf.add<Tensor4D>(tf.mul(x, scales), shifts);
        return convolution.forward(normalised, "linear");
      }),
    dispose() {
      tf.dispose([scales, shifts]);
      convolution.dispose();
    },
  };
}

/**
 * Computes a 1×1 convolution as a matrix product.
 *
 * @param x [n, h, w, c₁]
 * @param weight [c₁, c₂]
 * @param bias [c₂]
 * @returns [n, h, w, c₂]; the caller disposes it
 */
function applyAffine(x: Tensor4D, weight: Tensor2D, bias: Tensor1D): Tensor4D {
  const [n, h, w, c1] = x.shape;
  return tf.tidy(() => {
    const samples = tf.reshape(x, [n * h * w, c1]);
    const mapped = tf.fused.matMul({ a: samples, b: weight, bias });
    return tf.reshape(mapped, [n, h, w, bias.shape[0]]);
  });
}
