/** Cross-entropy of logits, with its gradient. */
import { tf, type Scalar, type Tensor1D, type Tensor2D } from "../tensor/tf";
import { hasGpuKernels } from "../tensor/webgpu/kernels";
import { gpuCrossEntropy } from "../tensor/webgpu/softmax";

/**
 * Mean cross-entropy of a batch and its gradient with respect to the logits. Made inside a `tidy`.
 *
 * @param logits [n, classes]
 * @param labels [n, classes] one-hot
 */
export function crossEntropy(
  logits: Tensor2D,
  labels: Tensor2D,
): { loss: Scalar; gradient: Tensor2D } {
  if (hasGpuKernels()) {
    return {
      loss: tf.reshape(gpuCrossEntropy(logits, labels, "mean"), []),
      gradient: gpuCrossEntropy(logits, labels, "gradient") as Tensor2D,
    };
  }
  const [n] = logits.shape;
  const logProbabilities = logSoftmax(logits);
  const loss = tf.neg<Scalar>(tf.div(tf.sum(tf.mul(labels, logProbabilities)), n));
  const gradient = tf.div<Tensor2D>(tf.sub(tf.exp(logProbabilities), labels), n);
  return { loss, gradient };
}

/** Cross-entropy of each image, in nats, [n]. */
export function crossEntropies(logits: Tensor2D, labels: Tensor2D): Tensor1D {
  if (hasGpuKernels()) return gpuCrossEntropy(logits, labels, "rows") as Tensor1D;
  return tf.tidy(() => tf.neg<Tensor1D>(tf.sum(tf.mul(labels, logSoftmax(logits)), 1)));
}

function logSoftmax(logits: Tensor2D): Tensor2D {
  const shifted = tf.sub(logits, tf.max(logits, 1, true));
  return tf.sub<Tensor2D>(shifted, tf.log(tf.sum(tf.exp(shifted), 1, true)));
}
