/** Stochastic gradient descent with Nesterov's momentum and weight decay. */

export interface SgdNumbers {
  /** Learning rate of this step. */
  readonly rate: number;
  readonly momentum: number;
  /** λ: λ times the parameters is added to the gradient. */
  readonly weightDecay: number;
}

/**
 * Takes one step in place, as PyTorch's `SGD(nesterov=True)` does (Sutskever et al. 2013, section 3).
 * In JavaScript, whose arithmetic is the same on every machine.
 *
 * @param velocity of the last step; zeros at first
 */
export function sgdStep(
  parameters: Float32Array,
  gradient: Float32Array,
  velocity: Float32Array,
  { rate, momentum, weightDecay }: SgdNumbers,
): void {
  for (let at = 0; at < parameters.length; at++) {
    const before = parameters[at] ?? 0;
    const decayed = (gradient[at] ?? 0) + weightDecay * before;
    const next = momentum * (velocity[at] ?? 0) + decayed;
    velocity[at] = next;
    parameters[at] = before - rate * (decayed + momentum * next);
  }
}
