/** Where a refinement stands between two steps, as plain numbers. */
import { z } from "zod";
import { tf, type Tensor1D } from "../tensor/tf";
import { initAdam, type AdamState } from "./adam";

const floats = z.custom<Float32Array>((value) => value instanceof Float32Array);
const loss = z.custom<number>((value) => typeof value === "number");
const count = z.int().nonnegative();

const heldOutScoreSchema = z.strictObject({ losses: floats, wrong: count });

export const refinementCheckpointSchema = z.strictObject({
  /** Steps taken in all rounds. */
  step: count,
  round: z.strictObject({ steps: z.int().positive(), peakRate: z.number().positive() }),
  /** Steps taken in this round; its Adam moments, as long as `packed`, and losses follow. */
  roundStep: count,
  packed: floats,
  first: floats,
  second: floats,
  losses: z.array(loss),
  /** Rounds in a row without a clear gain, and whether any round had one. */
  vain: count,
  everHelped: z.boolean(),
  /** The best stitch so far, its score, and the mean training loss of the round that found it. */
  best: z.strictObject({
    packed: floats,
    score: heldOutScoreSchema,
    trainLoss: z.number().nullable(),
  }),
  leastSquares: heldOutScoreSchema,
});
export type RefinementCheckpoint = z.infer<typeof refinementCheckpointSchema>;

/** Whether a checkpoint can be of the refinement of a c₁→c₂ stitch with so many images held out. */
export function refinementFits(
  { packed, first, second, best, leastSquares, round, roundStep }: RefinementCheckpoint,
  source: number,
  target: number,
  heldOut: number,
): boolean {
  const size = source * target + target;
  return (
    [packed, first, second, best.packed].every(({ length }) => length === size) &&
    [best.score, leastSquares].every(({ losses }) => losses.length === heldOut) &&
    roundStep <= round.steps
  );
}

/** The numbers in training with their optimiser, on the device; owned by whoever holds them. */
export interface DeviceState {
  readonly packed: Tensor1D;
  readonly adam: AdamState;
}

/** A round begins here: fresh moments. @returns tensors that the caller disposes */
export function beginRound(packed: Float32Array): DeviceState {
  return { packed: tf.tensor1d(packed.slice()), adam: initAdam(packed.length) };
}

/** A round goes on here. @returns tensors that the caller disposes */
export function continueRound(from: RefinementCheckpoint): DeviceState {
  return {
    packed: tf.tensor1d(from.packed.slice()),
    adam: {
      step: from.roundStep,
      first: tf.tensor1d(from.first.slice()),
      second: tf.tensor1d(from.second.slice()),
    },
  };
}

export function disposeState({ packed, adam }: DeviceState): void {
  tf.dispose([packed, adam.first, adam.second]);
}

/** Copies of a state's numbers; the CPU backend hands out its own memory. */
export async function readNumbers({
  packed,
  adam,
}: DeviceState): Promise<Pick<RefinementCheckpoint, "packed" | "first" | "second">> {
  const read = async (tensor: Tensor1D): Promise<Float32Array> =>
    Float32Array.from(await tensor.data());
  return {
    packed: await read(packed),
    first: await read(adam.first),
    second: await read(adam.second),
  };
}
