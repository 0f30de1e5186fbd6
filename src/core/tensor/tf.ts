/**
 * The only import of tfjs's operators. Everything else imports `tf` from here: the pinned, frozen
 * version and its corrections stay in one folder.
 */
import * as tf from "@tensorflow/tfjs";

export { tf };
export type {
  Rank,
  Scalar,
  Tensor,
  Tensor1D,
  Tensor2D,
  Tensor3D,
  Tensor4D,
} from "@tensorflow/tfjs";
