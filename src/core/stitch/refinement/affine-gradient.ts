/**
 * Loss and gradient of a stitch in the coordinates of `coordinates.ts`, below a frozen top. Two
 * matrix products are as tall as the activations; everything else is c₁×c₂ or smaller:
 *
 *     W = T V R            z = x W + (ȳ + bR − x̄ W)
 *     G = xᵀdz − x̄ ⊗ Σdz   dV = Tᵀ G Rᵀ      db = Σdz Rᵀ
 */
import type { Matrix } from "../../linear-algebra/matrix";
import { kernels } from "../../tensor/backend";
import {
  tf,
  type Rank,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from "../../tensor/tf";
import type { Coordinates } from "./coordinates";
import type { AffineMap } from "../affine-map";
import type { Objective } from "./objective";

/** Coordinates on the device; owns its tensors until `dispose`. */
export interface DeviceCoordinates {
  /** T, [c₁, c₁] */
  readonly source: Tensor2D;
  /** R, [c₂, c₂] */
  readonly target: Tensor2D;
  /** [1, c₁] */
  readonly meanX: Tensor2D;
  /** [1, c₂] */
  readonly meanY: Tensor2D;
  dispose(): void;
}

export function deviceCoordinates(at: Coordinates): DeviceCoordinates {
  const row = (values: Float64Array): Tensor2D =>
    tf.tensor2d(Float32Array.from(values), [1, values.length]);
  const square = ({ rows, columns, values }: Matrix): Tensor2D =>
    tf.tensor2d(Float32Array.from(values), [rows, columns]);
  const source = square(at.source.matrix);
  const target = square(at.target.matrix);
  const meanX = row(at.meanX);
  const meanY = row(at.meanY);
  return {
    source,
    target,
    meanX,
    meanY,
    dispose() {
      tf.dispose([source, target, meanX, meanY]);
    },
  };
}

/**
 * Computes the stitched representation; to be called inside a `tidy`.
 *
 * @param packed V and b, see `toCoordinates`
 * @param x [n, h, w, c₁]
 * @returns [n, h, w, c₂]
 */
export function stitched(packed: Tensor1D, x: Tensor4D, at: DeviceCoordinates): Tensor4D {
  const [n, h, w, c1] = x.shape;
  const [c2] = at.target.shape;
  const [v, b] = tf.split(packed, [c1 * c2, c2]) as [Tensor1D, Tensor1D];
  const left = tf.matMul(at.source, tf.reshape<Rank.R2>(v, [c1, c2]));
  const weight = tf.matMul(left, at.target);
  const shift = tf.matMul(tf.reshape<Rank.R2>(b, [1, c2]), at.target);
  // Reshaped before the last subtraction: tfjs's wasm kernel reads the shape that a bias was
  // created with.
  const flat = (row: Tensor2D): Tensor1D => tf.reshape(row, [c2]);
  const bias = tf.sub<Tensor1D>(flat(tf.add(at.meanY, shift)), flat(tf.matMul(at.meanX, weight)));
  const mapped = tf.fused.matMul({
    a: tf.reshape(x, [n * h * w, c1]),
    b: weight,
    bias,
  });
  return tf.reshape<Rank.R4>(mapped, [n, h, w, c2]);
}

/**
 * @param x [n, h, w, c₁] B's representation at the tap
 * @param reference the objective's, of the same images
 * @returns mean loss and its gradient with respect to `packed`; the caller disposes them
 */
export function affineLossAndGradient(
  packed: Tensor1D,
  x: Tensor4D,
  reference: Tensor,
  objective: Objective,
  at: DeviceCoordinates,
): { loss: Scalar; gradient: Tensor1D } {
  return tf.tidy(() => {
    const [n, h, w, c1] = x.shape;
    const [c2] = at.target.shape;
    const { loss, dz } = objective.lossAbove(stitched(packed, x, at), reference);
    const total = tf.reshape<Rank.R2>(kernels().columnSums(dz), [1, c2]);
    const product = kernels().matMulTransposeA(tf.reshape<Rank.R2>(x, [n * h * w, c1]), dz);
    const g = tf.sub<Tensor2D>(product, tf.matMul(at.meanX, total, true));
    const dv = tf.matMul(tf.matMul(at.source, g, true), at.target, false, true);
    const db = tf.matMul(total, at.target, false, true);
    return { loss, gradient: tf.concat1d([dv.flatten(), db.flatten()]) };
  });
}

/**
 * Σ dz dzᵀ over all positions of a batch, at an affine stitch: K-FAC's factor for the stitch's
 * output.
 *
 * @param x [n, h, w, c₁]
 * @param reference the objective's, of the same images
 * @returns [c₂, c₂]; the caller disposes it
 */
export function outputGradientSquares(
  map: AffineMap,
  x: Tensor4D,
  reference: Tensor,
  objective: Objective,
): Tensor2D {
  return tf.tidy(() => {
    const [n, h, w, c1] = x.shape;
    const c2 = map.bias.length;
    const mapped = tf.fused.matMul({
      a: tf.reshape(x, [n * h * w, c1]),
      b: tf.tensor2d(Float32Array.from(map.weight), [c1, c2]),
      bias: tf.tensor1d(Float32Array.from(map.bias)),
    });
    const { dz } = objective.lossAbove(tf.reshape<Rank.R4>(mapped, [n, h, w, c2]), reference);
    return kernels().matMulTransposeA(dz, dz);
  });
}
