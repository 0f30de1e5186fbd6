/** Prunes a stitch in training, on the device. Which weights and when: `pruning-schedule.ts`. */
import { tf, type Rank, type Tensor1D } from "../../tensor/tf";
import { weightsOf, type StitchShape } from "../parameters";
import {
  countOf,
  keptAfter,
  l1Penalty,
  largestWeights,
  pruningRounds,
  roundsAfter,
} from "./pruning-schedule";

/** The weights that are left of a stitch in training; owns its tensors until `dispose`. */
export interface Pruning {
  /** [weights] 1 for those that are left, else 0 */
  readonly kept: () => Uint8Array;
  /**
   * Adds the gradient of the L1 penalty, where this step has one.
   *
   * @param trained packed, see `trainable.ts`
   * @param gradient packed; disposed
   * @param step steps taken before
   * @returns packed; the caller disposes it
   */
  penalised(trained: Tensor1D, gradient: Tensor1D, step: number): Tensor1D;
  /**
   * Prunes, where a round has come, and sets the weights that are not left to zero.
   *
   * @param trained packed; disposed
   * @param step steps taken
   * @returns packed; the caller disposes it
   */
  pruned(trained: Tensor1D, step: number): Promise<Tensor1D>;
  dispose(): void;
}

export interface PruningPlan {
  readonly shape: StitchShape;
  /** Of the weights that are left in the end, below 1. */
  readonly share: number;
  /** Of the whole training. */
  readonly steps: number;
  /** Weights that were left where an earlier run stopped. */
  readonly kept?: Uint8Array | undefined;
}

export function createPruning({ shape, share, steps, kept: before }: PruningPlan): Pruning {
  const weights = weightsOf(shape);
  const first = 2 * shape.source;
  const size = first + weights + 2 * shape.target;
  let kept = before?.slice() ?? new Uint8Array(weights).fill(1);
  const penalty = tf.tensor1d(new Float32Array(size).fill(l1Penalty, first, first + weights));
  const zeros = tf.zeros<Rank.R1>([size]);
  let mask = maskOf(kept);

  /** [size] true for all numbers but the weights that are pruned */
  function maskOf(marks: Uint8Array): Tensor1D {
    const flags = new Uint8Array(size).fill(1);
    flags.set(marks, first);
    return tf.tensor1d(flags, "bool");
  }

  async function prune(trained: Tensor1D, count: number): Promise<void> {
    const values = Float32Array.from(await trained.data());
    kept = largestWeights(values.subarray(first, first + weights), kept, count);
    mask.dispose();
    mask = maskOf(kept);
  }

  return {
    kept: () => kept,
    penalised(trained, gradient, step) {
      if (roundsAfter(step, steps) === pruningRounds) return gradient;
      const sum = tf.tidy(() => tf.add<Tensor1D>(gradient, tf.mul(penalty, tf.sign(trained))));
      gradient.dispose();
      return sum;
    },
    async pruned(trained, step) {
      const count = keptAfter(step, steps, weights, share);
      if (count < countOf(kept)) await prune(trained, count);
      const left = tf.where<Tensor1D>(mask, trained, zeros);
      trained.dispose();
      return left;
    },
    dispose() {
      tf.dispose([penalty, zeros, mask]);
    },
  };
}
