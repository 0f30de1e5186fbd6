/** A stitch at work: one affine map of every position, on the device. */
import { tf, type Tensor1D, type Tensor2D, type Tensor4D } from "../tensor/tf";
import type { AffineMap } from "./affine-map";

/** An affine map's tensors; owns them until `dispose`. */
export interface DeviceStitch {
  /**
   * @param x [n, h, w, c₁]
   * @returns [n, h, w, c₂]; the caller disposes it
   */
  apply(x: Tensor4D): Tensor4D;
  dispose(): void;
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

/**
 * A 1×1 convolution as a matrix product.
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
