/** Resume point of a refinement between two steps, as plain numbers. No tensors. */
import * as z from "../../schema";

const floats = z.custom<Float32Array>((value) => value instanceof Float32Array);
const loss = z.custom<number>((value) => typeof value === "number");
const count = z.int().check(z.nonnegative());

const heldOutScoreSchema = z.strictObject({ losses: floats, wrong: count });

export const refinementCheckpointSchema = z.strictObject({
  /** Steps taken in all rounds. */
  step: count,
  round: z.strictObject({
    steps: z.int().check(z.positive()),
    peakRate: z.number().check(z.positive()),
  }),
  /** Steps taken in this round; its Adam moments, as long as `packed`, and losses follow. */
  roundStep: count,
  packed: floats,
  first: floats,
  second: floats,
  losses: z.array(loss),
  /** Rounds in a row without a clear gain, and whether any round had one. */
  roundsWithoutGain: count,
  hasImproved: z.boolean(),
  /** The best stitch so far, its score, and the mean training loss of the round that found it. */
  best: z.strictObject({
    packed: floats,
    score: heldOutScoreSchema,
    trainLoss: z.nullable(z.number()),
  }),
  leastSquares: heldOutScoreSchema,
});
export type RefinementCheckpoint = z.infer<typeof refinementCheckpointSchema>;

/** Whether a checkpoint fits the refinement of a c₁→c₂ stitch with so many held-out images. */
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
