/** Results of tasks, as workers send them and as they are stored. Parsed once, here. */
import * as z from "../core/schema";
import type { ClosedFormSums } from "../core/similarity/sums";
import { lossCurveSchema } from "../core/stitch/training/loss-curve";
import { kernelSides } from "../core/stitch/parameters";
import { refinementSchema, similaritySchema, siteFailureReasonSchema } from "../experiment/report";
import type { Task } from "../experiment/task";

// `custom`, not `instanceof`, which would insist on a buffer that is not shared.
const doubles = z.custom<Float64Array>((value) => value instanceof Float64Array);
const floats = z.custom<Float32Array>((value) => value instanceof Float32Array);
/** [n] 1 where an image is classified wrongly, else 0. */
export const wrongFlagsSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** [n] the class that each image is taken for; absent from results of older versions. */
export const classesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
export const predictedSchema = z.optional(classesSchema);

/** The graphics card that computed it; absent on a CPU, and from results of older versions. */
const adapter = z.optional(z.string());

const baselineResultSchema = z.strictObject({
  type: z.literal("baseline"),
  adapter,
  wrong: wrongFlagsSchema,
  predicted: predictedSchema,
});

const hsicSchema = z.strictObject({ xy: z.number(), xx: z.number(), yy: z.number() });

export const sumsSchema = z.strictObject({
  moments: z.strictObject({
    count: z.number(),
    meanX: doubles,
    meanY: doubles,
    xx: doubles,
    xy: doubles,
    yy: doubles,
  }),
  hsic: hsicSchema,
  biasedHsic: hsicSchema,
  rbfHsic: hsicSchema,
  neighbours: z.strictObject({ shared: z.number(), images: z.int().check(z.nonnegative()) }),
}) satisfies z.ZodMiniType<ClosedFormSums>;

const closedFormResultSchema = z.strictObject({
  type: z.literal("closed-form"),
  adapter,
  /** By site, null at those that were not asked for. */
  sums: z.array(z.nullable(sumsSchema)),
});

/** The least-squares stitches of some taps on a range of the test images. */
const leastSquaresResultSchema = z.strictObject({
  type: z.literal("least-squares"),
  adapter,
  sites: z.array(
    z.discriminatedUnion("outcome", [
      z.strictObject({
        outcome: z.literal("scored"),
        site: z.int().check(z.nonnegative()),
        wrong: wrongFlagsSchema,
        predicted: predictedSchema,
        r2: z.nullable(z.number()),
        relativeRidge: z.number(),
        condition: z.number(),
        deadChannels: z.int().check(z.nonnegative()),
        /** Of the networks at this tap, on the training images; null but for the first range of test images. */
        similarity: z.nullable(similaritySchema),
      }),
      z.strictObject({
        outcome: z.literal("singular"),
        site: z.int().check(z.nonnegative()),
        /** For people: what did not vary. */
        found: z.string(),
      }),
    ]),
  ),
});

/** The stitches of a family in closed form at some taps, on a range of the test images. */
const familyResultSchema = z.strictObject({
  type: z.literal("family"),
  adapter,
  sites: z.array(
    z.discriminatedUnion("outcome", [
      z.strictObject({
        outcome: z.literal("scored"),
        site: z.int().check(z.nonnegative()),
        wrong: wrongFlagsSchema,
        predicted: predictedSchema,
        r2: z.nullable(z.number()),
      }),
      z.strictObject({
        outcome: z.enum(["singular", "no-such-stitch"]),
        site: z.int().check(z.nonnegative()),
        /** For people: what did not vary, or did not fit. */
        found: z.string(),
      }),
    ]),
  ),
});

/** See `core/stitch/parameters.ts`. */
const parametersSchema = z.strictObject({
  source: z.int().check(z.positive()),
  target: z.int().check(z.positive()),
  side: z.optional(z.literal(kernelSides)),
  gamma1: floats,
  beta1: floats,
  mean1: floats,
  variance1: floats,
  weight: floats,
  gamma2: floats,
  beta2: floats,
  mean2: floats,
  variance2: floats,
});

/** What training gives. */
const training = {
  adapter,
  refinement: z.nullable(refinementSchema),
  steps: z.int().check(z.nonnegative()),
  finalTrainLoss: z.nullable(z.number()),
  /** Of every round, also those that were thrown away; absent where nothing was trained, and from older versions. */
  lossCurve: z.optional(lossCurveSchema),
  seconds: z.number().check(z.nonnegative()),
  stitch: parametersSchema,
};

const stitchResultSchema = z.strictObject({
  ...{ type: z.literal("stitch"), ...training },
  /** Null where the least-squares stitch was kept, whose flags another task has. */
  wrong: z.nullable(wrongFlagsSchema),
  predicted: predictedSchema,
});

/** A stitch that cannot be had: the same task ends so again, so that it is kept like any result. */
const stitchFailureSchema = z.strictObject({
  type: z.literal("stitch-failure"),
  adapter,
  reason: siteFailureReasonSchema,
  /** Optimiser step at which it happened; null before training. */
  step: z.nullable(z.int().check(z.positive())),
  /** For people: the loss, or what did not vary. */
  found: z.string(),
});

/** A stitch that is trained and not yet scored: any worker may do that, a range of the images each. */
export const trainedSchema = z.strictObject({
  ...{ type: z.literal("trained"), ...training },
  /** As it is scored; null where the least-squares stitch was kept, which is scored already. */
  scored: z.nullable(
    z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("affine"), weight: doubles, bias: doubles }),
      z.strictObject({ kind: z.literal("parameters"), parameters: parametersSchema }),
    ]),
  ),
});
export type Trained = z.infer<typeof trainedSchema>;

/** What a range of the test images says of a stitch. */
const scoresSchema = z.strictObject({
  type: z.literal("scores"),
  adapter,
  wrong: wrongFlagsSchema,
  predicted: predictedSchema,
  seconds: z.number().check(z.nonnegative()),
});

export const taskResultSchema = z.discriminatedUnion("type", [
  baselineResultSchema,
  closedFormResultSchema,
  leastSquaresResultSchema,
  familyResultSchema,
  stitchResultSchema,
  stitchFailureSchema,
]);
export type TaskResult = z.infer<typeof taskResultSchema>;

/** What workers send: a stitch's result is put together by the host. */
export const workerResultSchema = z.discriminatedUnion("type", [
  baselineResultSchema,
  closedFormResultSchema,
  leastSquaresResultSchema,
  familyResultSchema,
  trainedSchema,
  scoresSchema,
  stitchFailureSchema,
]);
export type WorkerResult = z.infer<typeof workerResultSchema>;
export type BaselineResult = z.infer<typeof baselineResultSchema>;
export type ClosedFormResult = z.infer<typeof closedFormResultSchema>;
export type LeastSquaresResult = z.infer<typeof leastSquaresResultSchema>;
export type FamilyResult = z.infer<typeof familyResultSchema>;
export type StitchResult = z.infer<typeof stitchResultSchema>;

export type StitchFailure = z.infer<typeof stitchFailureSchema>;

/** How a task of each type may end. */
interface Endings {
  readonly baseline: BaselineResult;
  readonly "closed-form": ClosedFormResult;
  readonly "least-squares": LeastSquaresResult;
  readonly family: FamilyResult;
  readonly stitch: StitchResult | StitchFailure;
}

/** The result type of a task type. */
export type ResultOf<T extends Task> = Endings[T["type"]];
