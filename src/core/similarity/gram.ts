/** Gram matrices on the device. */
import { kernels } from "../tensor/backend";
import { tf, type Tensor, type Tensor2D } from "../tensor/tf";

/**
 * Gram matrix of the rows of x, flattened and centred over the batch. Centring leaves HSIC₁ as it is
 * and keeps float32 from cancelling when channels have large means.
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
