/** Adam with decoupled weight decay. */

export interface AdamwNumbers {
  /** Learning rate of this step. */
  readonly rate: number;
  /** Counted from 1. */
  readonly step: number;
  /** λ: parameters that decay shrink by the share rate · λ. */
  readonly weightDecay: number;
}

/** Running means of the gradient and of its square; zeros at first. */
export interface AdamwMoments {
  readonly first: Float32Array;
  readonly second: Float32Array;
}

const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-8];

/**
 * Takes one step in place, as PyTorch's `AdamW` does with its usual β and ε (Loshchilov & Hutter
 * 2019, algorithm 2). In JavaScript, whose arithmetic is the same on every machine.
 *
 * @param decays 1 where a parameter decays, else 0; as long as `parameters`
 */
export function adamwStep(
  parameters: Float32Array,
  gradient: Float32Array,
  { first, second }: AdamwMoments,
  decays: Uint8Array,
  { rate, step, weightDecay }: AdamwNumbers,
): void {
  const size = rate / (1 - beta1 ** step);
  const correction = Math.sqrt(1 - beta2 ** step);
  for (let at = 0; at < parameters.length; at++) {
    const slope = gradient[at] ?? 0;
    const mean = beta1 * (first[at] ?? 0) + (1 - beta1) * slope;
    const square = beta2 * (second[at] ?? 0) + (1 - beta2) * slope * slope;
    first[at] = mean;
    second[at] = square;
    const before = parameters[at] ?? 0;
    const kept = decays[at] === 1 ? before - rate * weightDecay * before : before;
    parameters[at] = kept - (size * mean) / (Math.sqrt(square) / correction + epsilon);
  }
}
