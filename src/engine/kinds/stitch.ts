/** Stitch: the stitch at one site is trained by one worker, then scored by as many as are free. */
import * as z from "../../core/schema";
import { trainingCheckpointSchema } from "../../core/stitch/training/checkpoint";
import { lossCurveSchema } from "../../core/stitch/training/loss-curve";
import { refinementCheckpointSchema } from "../../core/stitch/refinement/checkpoint";
import { batchSize } from "../../experiment/protocol";
import { refinementSchema, siteFailureReasonSchema } from "../../experiment/report";
import type { StitchTask } from "../../experiment/plan/task";
import { adapter, bytes, parametersSchema, scores } from "./fields";
import { bothNetworks, shareAbove, type TaskKind } from "./kind";
import { scorableSchema, scoredSchema } from "./scoring";

/** What training gives. */
const training = {
  adapter,
  refinement: z.nullable(refinementSchema),
  steps: z.int().check(z.nonnegative()),
  finalTrainLoss: z.nullable(z.number()),
  /**
   * Losses of every round, discarded ones included; absent where nothing was trained, and from
   * older versions.
   */
  lossCurve: z.optional(lossCurveSchema),
  seconds: z.number().check(z.nonnegative()),
  stitch: parametersSchema,
};

const resultSchema = z.strictObject({
  type: z.literal("stitch"),
  ...training,
  ...scores,
  /** Null where the least-squares stitch is kept, whose flags are in the least-squares results. */
  wrong: z.nullable(bytes),
});
export type StitchResult = z.infer<typeof resultSchema>;

/** There is no stitch, or no fresh top. Stored like any result, since the same task would fail again. */
export const failureSchema = z.strictObject({
  type: z.literal("stitch-failure"),
  adapter,
  reason: siteFailureReasonSchema,
  /** Optimiser step at which it happened; null before training. */
  step: z.nullable(z.int().check(z.positive())),
  /** For people: the loss, or what did not vary or was not finite. */
  found: z.string(),
});
export type StitchFailure = z.infer<typeof failureSchema>;

/** A stitch that is trained and not yet scored. */
const trainedSchema = z.strictObject({
  type: z.literal("trained"),
  ...training,
  /** Null where the least-squares stitch is kept, which is scored already. */
  scored: z.nullable(scorableSchema),
});
export type Trained = z.infer<typeof trainedSchema>;

/** Most refinements settle before this step. */
const likelySteps = 100;

export const stitch = {
  result: z.discriminatedUnion("type", [resultSchema, failureSchema]),
  failure: "stitch-failure",
  answer: z.discriminatedUnion("type", [trainedSchema, failureSchema]),
  checkpoint: z.discriminatedUnion("type", [
    z.strictObject({
      type: z.literal("training"),
      /** Null until training has begun. */
      training: z.nullable(
        z.discriminatedUnion("kind", [
          z.extend(trainingCheckpointSchema, { kind: z.literal("paper") }),
          z.extend(refinementCheckpointSchema, { kind: z.literal("refinement") }),
        ]),
      ),
      /** Written by older versions, in which one worker trained and scored: scored again. */
      trained: z.optional(z.nullable(scoredSchema)),
      /** Losses reported so far; absent before the first step. */
      lossCurve: z.optional(lossCurveSchema),
      /** Seconds of work so far. */
      seconds: z.number().check(z.nonnegative()),
    }),
    z.strictObject({
      type: z.literal("trained"),
      trained: trainedSchema,
      /** One for each part of the test images; null where a part was not begun. */
      parts: z.array(z.nullable(scoredSchema)),
      /** Seconds of scoring so far. */
      seconds: z.number().check(z.nonnegative()),
    }),
  ]),
  networks: bothNetworks,
  images: ({ train, test }) => [train, test],
  sites: ({ site }) => [site],
  cost({ site, train, test, training: way, side, share, rank, epochs }, siteCount) {
    const above = shareAbove(site, siteCount);
    const steps = Math.floor(train.count / batchSize) * epochs;
    const likely =
      way === "refinement" && !side && !share && !rank ? Math.min(steps, likelySteps) : steps;
    return likely * batchSize * (1 - above + 3.5 * above) + test.count;
  },
} satisfies TaskKind<StitchTask>;
