/** Checkpoints of tasks: where an unfinished one stands, as workers send it and as it is kept. */
import * as z from "../core/schema";
import { trainingCheckpointSchema } from "../core/stitch/training/checkpoint";
import { lossCurveSchema } from "../core/stitch/training/loss-curve";
import { refinementCheckpointSchema } from "../core/stitch/refinement/checkpoint";
import type { Task } from "../experiment/task";
import {
  classesSchema,
  predictedSchema,
  sumsSchema,
  trainedSchema,
  wrongFlagsSchema,
} from "./result";

/** Images scored so far, and which of them wrongly; flags of the others are 0. */
const scoredSchema = z.strictObject({
  scored: z.int().check(z.nonnegative()),
  wrong: wrongFlagsSchema,
  predicted: predictedSchema,
});
export type Scored = z.infer<typeof scoredSchema>;

export const taskCheckpointSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("scoring"), scored: scoredSchema }),
  z.strictObject({
    type: z.literal("closed-form"),
    /** Images passed. */
    passed: z.int().check(z.nonnegative()),
    /** By tap, null at those that are not asked for. */
    sums: z.array(z.nullable(sumsSchema)),
  }),
  z.strictObject({
    type: z.literal("least-squares"),
    /** Images scored. */
    scored: z.int().check(z.nonnegative()),
    /** One a tap whose stitch can be had; flags of images not scored are 0. */
    wrong: z.array(wrongFlagsSchema),
    predicted: z.optional(z.array(classesSchema)),
  }),
  z.strictObject({
    type: z.literal("training"),
    /** Null until training has begun. */
    training: z.nullable(
      z.discriminatedUnion("kind", [
        z.extend(trainingCheckpointSchema, { kind: z.literal("paper") }),
        z.extend(refinementCheckpointSchema, { kind: z.literal("refinement") }),
      ]),
    ),
    /** Of older versions, in which one worker trained and scored: scored anew. */
    trained: z.optional(z.nullable(scoredSchema)),
    /** Losses told so far; absent before the first step. */
    lossCurve: z.optional(lossCurveSchema),
    /** Seconds of work so far. */
    seconds: z.number().check(z.nonnegative()),
  }),
  z.strictObject({
    type: z.literal("trained"),
    trained: trainedSchema,
    /** By part of the test images; null where a part was not begun. */
    parts: z.array(z.nullable(scoredSchema)),
    /** Seconds of scoring so far. */
    seconds: z.number().check(z.nonnegative()),
  }),
]);
export type TaskCheckpoint = z.infer<typeof taskCheckpointSchema>;
export type CheckpointOf<Type extends TaskCheckpoint["type"]> = Extract<
  TaskCheckpoint,
  { type: Type }
>;

/** Fields of checkpoints by the names that versions before December 2026 stored them under. */
const oldNames = { vain: "roundsWithoutGain", everHelped: "hasImproved" };

/** A stored checkpoint of a task; undefined where it does not parse or is of another type of task. */
export function checkpointFor(task: Task, stored: unknown): TaskCheckpoint | undefined {
  const parsed = taskCheckpointSchema.safeParse(withCurrentNames(stored));
  if (!parsed.success) return undefined;
  const types: readonly TaskCheckpoint["type"][] = checkpointTypes[task.type];
  return types.includes(parsed.data.type) ? parsed.data : undefined;
}

function withCurrentNames(stored: unknown): unknown {
  if (typeof stored !== "object" || stored === null || !("training" in stored)) return stored;
  return { ...stored, training: z.renameKeys(stored.training, oldNames) };
}

const checkpointTypes = {
  baseline: ["scoring"],
  "closed-form": ["closed-form"],
  "least-squares": ["least-squares"],
  // Stitches of several taps scored in one pass, all the same.
  family: ["least-squares"],
  stitch: ["training", "trained"],
} as const satisfies Record<Task["type"], readonly TaskCheckpoint["type"][]>;
