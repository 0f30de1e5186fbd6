/** How parameters move along a gradient. State is two vectors at most, zeros at first. */
import { adamwStep } from "./adamw";
import { sgdStep } from "./sgd";

export const optimizerNames = ["sgd", "adamw"] as const;
export type OptimizerName = (typeof optimizerNames)[number];

interface Update {
  readonly parameters: Float32Array;
  readonly gradient: Float32Array;
  /** SGD's velocity, or AdamW's mean of the gradient. */
  readonly velocity: Float32Array;
  /** AdamW's mean of the gradient's square. */
  readonly second: Float32Array;
  /** 1 where a parameter decays under AdamW, else 0. */
  readonly decays: Uint8Array;
}

interface UpdateNumbers {
  readonly rate: number;
  /** Counted from 1. */
  readonly step: number;
  readonly momentum: number;
  readonly weightDecay: number;
}

/** Each takes one step in place. */
export const optimizers: Readonly<
  Record<OptimizerName, (update: Update, numbers: UpdateNumbers) => void>
> = {
  sgd: ({ parameters, gradient, velocity }, numbers) =>
    sgdStep(parameters, gradient, velocity, numbers),
  adamw: ({ parameters, gradient, velocity, second, decays }, numbers) =>
    adamwStep(parameters, gradient, { first: velocity, second }, decays, numbers),
};
