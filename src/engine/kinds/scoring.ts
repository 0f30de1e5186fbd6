/**
 * Scoring: a network or a trained stitch on a range of the test images. The part of a stitch task
 * that is shared out.
 */
import * as z from "../../core/schema";
import type { StitchTask } from "../../experiment/plan/task";
import { adapter, doubles, parametersSchema, scores } from "./fields";

/** Images scored so far; flags of the others are 0. */
export const scoredSchema = z.strictObject({
  scored: z.int().check(z.nonnegative()),
  ...scores,
});
export type Scored = z.infer<typeof scoredSchema>;

export const scoringCheckpointSchema = z.strictObject({
  type: z.literal("scoring"),
  scored: scoredSchema,
});

/** A trained stitch in the form in which it is scored. */
export const scorableSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("affine"), weight: doubles, bias: doubles }),
  z.strictObject({ kind: z.literal("parameters"), parameters: parametersSchema }),
]);

/** Score a trained stitch on a range of the test images. */
export interface ScoringTask extends Pick<
  StitchTask,
  "bottom" | "top" | "sites" | "perturbation" | "site" | "test"
> {
  readonly type: "scoring";
  readonly first: number;
  readonly end: number;
  readonly stitch: z.infer<typeof scorableSchema>;
}

/** What a worker answers. */
export const scoresSchema = z.strictObject({
  type: z.literal("scores"),
  adapter,
  ...scores,
  seconds: z.number().check(z.nonnegative()),
});
