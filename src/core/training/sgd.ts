/** Stochastic gradient descent with Nesterov's momentum and weight decay. */
import { tf, type Tensor1D } from "../tensor/tf";

export interface SgdNumbers {
  /** Learning rate of this step. */
  readonly rate: number;
  readonly momentum: number;
  /** λ: λ times the parameters is added to the gradient. */
  readonly weightDecay: number;
}

/**
 * Takes one step as PyTorch's `SGD(nesterov=True)` does. Sutskever et al. 2013, section 3.
 *
 * @param velocity of the last step; zeros at first
 * @returns new tensors, which the caller disposes; the old ones stay
 */
export function sgdStep(
  parameters: Tensor1D,
  gradient: Tensor1D,
  velocity: Tensor1D,
  { rate, momentum, weightDecay }: SgdNumbers,
): { parameters: Tensor1D; velocity: Tensor1D } {
  const [moved, faster] = tf.tidy(() => {
    const decayed = tf.add<Tensor1D>(gradient, tf.mul(parameters, weightDecay));
    const next = tf.add<Tensor1D>(tf.mul(velocity, momentum), decayed);
    const ahead = tf.add<Tensor1D>(decayed, tf.mul(next, momentum));
    return [tf.sub<Tensor1D>(parameters, tf.mul(ahead, rate)), next];
  });
  return { parameters: moved, velocity: faster };
}
