/**
 * Building blocks of convolutional architectures: convolutions from a PyTorch state, and the
 * classifier.
 */
import type { ClassCount } from "../data/labels";
import { kernels } from "../tensor/backend";
import type { FrozenConvolution } from "../tensor/kernels";
import { tf, type Tensor, type Tensor2D, type Tensor4D } from "../tensor/tf";
import { foldedConvolution } from "../weights/fold";
import { parameter, type State } from "../weights/state";
import type { Segment } from "./segment";

/**
 * Builds a convolution with the BatchNorm after it folded in.
 *
 * @throws LabError for a parameter that does not fit
 */
export function convolution(
  state: State,
  conv: string,
  norm: string,
  k: number,
  c1: number,
  c2: number,
  stride: 1 | 2,
): FrozenConvolution {
  const folded = foldedConvolution(state, conv, norm, k, c1, c2);
  return kernels().frozenConvolution(
    tf.tensor4d(folded.kernel, folded.shape),
    tf.tensor1d(folded.bias),
    stride,
  );
}

/**
 * Builds the classifier: mean over positions, then one linear layer, [n, h, w, c] to [n, classes]
 * logits.
 *
 * @throws LabError for a parameter that does not fit
 */
export function classifier(state: State, name: string, c: number, classes: ClassCount): Segment {
  const rows = parameter(state, `${name}.weight`, [classes, c]);
  const bias = tf.tensor1d(parameter(state, `${name}.bias`, [classes]));
  // The gradient multiplies by PyTorch's layout, [classes, c].
  const transposed = tf.tensor2d(rows, [classes, c]);
  const weight = tf.transpose(transposed);

  const forward = (x: Tensor): Tensor2D =>
    tf.tidy(() => tf.fused.matMul({ a: tf.mean(x, [1, 2]), b: weight, bias }) as Tensor2D);
  return {
    forward,
    trace(x) {
      const [n, h, w] = (x as Tensor4D).shape;
      const pullback = (gradient: Tensor): Tensor =>
        tf.tidy(() => {
          const pooled = tf.mul<Tensor2D>(tf.matMul(gradient, transposed), 1 / (h * w));
          return tf.reshape(kernels().repeatRows(pooled, h * w), [n, h, w, c]);
        });
      return { output: forward(x), pullback };
    },
    dispose() {
      tf.dispose([weight, transposed, bias]);
    },
  };
}
