/**
 * The only door to tfjs. Everything else imports `tf` from here, so that the pinned, frozen version
 * and its corrections stay in one folder.
 */
import * as tf from "@tensorflow/tfjs";

export { tf };
export type { Rank, Scalar, Tensor, Tensor1D, Tensor2D, Tensor4D } from "@tensorflow/tfjs";
