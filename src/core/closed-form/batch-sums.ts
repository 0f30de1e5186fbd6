/**
 * Moments and Gram matrices of one batch, summed on the device in float32 about the batch's own
 * mean.
 */
import { kernels, readsAtOnce } from "../tensor/backend";
import type { Kernels } from "../tensor/kernels";
import { tf, type Rank, type Tensor, type Tensor2D } from "../tensor/tf";
import type { Moments } from "../stitch/moments";

/**
 * Moments of one batch.
 *
 * @param x [n, h, w, c₁]
 * @param y [n, h, w, c₂]
 */
export async function momentsOf(x: Tensor, y: Tensor): Promise<Moments> {
  const c1 = x.shape[3] ?? 0;
  const c2 = y.shape[3] ?? 0;
  if (readsAtOnce()) return readOneByOne(x, y);
  const packed = tf.tidy(() => {
    const { centred: centredX, mean: meanX } = kernels().centredColumns(tf.reshape(x, [-1, c1]));
    const { centred: centredY, mean: meanY } = kernels().centredColumns(tf.reshape(y, [-1, c2]));
    const xx = kernels().matMulTransposeA(centredX, centredX);
    const xy = kernels().matMulTransposeA(centredX, centredY);
    const yy = kernels().matMulTransposeA(centredY, centredY);
    // One readback for all five.
    return tf.concat([meanX.flatten(), meanY.flatten(), xx.flatten(), xy.flatten(), yy.flatten()]);
  });
  try {
    const values = Float64Array.from(await packed.data());
    let offset = 0;
    const take = (size: number): Float64Array => values.slice(offset, (offset += size));
    return {
      count: x.size / c1,
      meanX: take(c1),
      meanY: take(c2),
      xx: take(c1 * c1),
      xy: take(c1 * c2),
      yy: take(c2 * c2),
    };
  } finally {
    packed.dispose();
  }
}

/** As `momentsOf`, without a second copy on the device of what it computes. */
function readOneByOne(x: Tensor, y: Tensor): Moments {
  const read = (tensor: Tensor): Float64Array => Float64Array.from(tensor.dataSync<"float32">());
  const held: Tensor[] = [];
  const centred = (each: Tensor): Centred => {
    const rows = tf.reshape<Rank.R2>(each, [-1, each.shape[3] ?? 0]);
    held.push(rows);
    const made = kernels().centredColumns(rows);
    held.push(made.centred, made.mean);
    return made;
  };
  const product = (a: Centred, b: Centred): Float64Array => {
    const sums = kernels().matMulTransposeA(a.centred, b.centred);
    const values = read(sums);
    sums.dispose();
    return values;
  };
  try {
    const [left, right] = [centred(x), centred(y)];
    return {
      count: left.centred.shape[0],
      meanX: read(left.mean),
      meanY: read(right.mean),
      xx: product(left, left),
      xy: product(left, right),
      yy: product(right, right),
    };
  } finally {
    tf.dispose(held);
  }
}

type Centred = ReturnType<Kernels["centredColumns"]>;

/**
 * Gram matrix of the rows of x, flattened and centred over the batch. Centring does not change
 * HSIC₁, and avoids cancellation in float32 where channels have large means.
 *
 * @param x [n, …]
 * @returns [n, n]; the caller disposes it
 */
export function centredGram(x: Tensor): Tensor2D {
  return tf.tidy(() => {
    const { centred } = kernels().centredColumns(tf.reshape(x, [x.shape[0], -1]));
    return kernels().gramMatrix(centred);
  });
}
