/** The report: the result of an experiment, and its parts as they arrive. Errors are fractions. */
import * as z from "../core/schema";
import type { MeasureNull } from "../core/similarity/null";
import { departureSchema } from "./departure";
import { probeResultSchema } from "./probes";
import { specSchema } from "./spec";
import { upgradedReport } from "./upgrade";

export const backendNames = ["webgpu", "webgl", "wasm", "cpu"] as const;
export const backendNameSchema = z.enum(backendNames);
export type BackendName = z.infer<typeof backendNameSchema>;

const fraction = z.number().check(z.minimum(0), z.maximum(1));

/** Test error after each epoch so far, on the first `images` test images. */
export const errorByEpochSchema = z.strictObject({
  images: z.int().check(z.positive()),
  errors: z.array(fraction),
});
export type ErrorByEpoch = z.infer<typeof errorByEpochSchema>;

const identity = { id: z.string(), sha256: z.string() };

export const modelResultSchema = z.strictObject({
  ...identity,
  /** On the spec's test images, with the engine's own forward pass. */
  testError: fraction,
  /** Binomial standard error of `testError`. */
  testErrorStandardError: z.number().check(z.nonnegative()),
  /** Of a network that was trained here; absent for others, and in older reports. */
  errorByEpoch: z.optional(errorByEpochSchema),
});
export type ModelResult = z.infer<typeof modelResultSchema>;

/** A bottom; one without a head answers nothing, so it has no error of its own. */
const bottomResultSchema = z.union([modelResultSchema, z.strictObject(identity)]);
export type BottomResult = z.infer<typeof bottomResultSchema>;

/** Returns the error of a bottom alone; null where it has no head. */
export function errorOfBottom(bottom: BottomResult): ModelResult | null {
  return "testError" in bottom ? bottom : null;
}

/** Rounds of training, judged on training images held out of them. */
export const refinementSchema = z.strictObject({
  /**
   * `settled`: more training did not help; `least-squares`: none did, the least-squares stitch is
   * kept; `budget`: the epochs were over while it still helped; `too-few-images`: nothing was
   * trained, since the images to train on do not fill one batch.
   */
  stop: z.enum(["settled", "least-squares", "budget", "too-few-images"]),
  /** Adam's rate at the start of the last round. */
  peakRate: z.number().check(z.nonnegative()),
  heldOutImages: z.int().check(z.nonnegative()),
  /**
   * Mean loss on them, cross-entropy in nats or as the curve's objective has it, and error, of the
   * stitch and of the least-squares one.
   */
  heldOutLoss: z.number(),
  heldOutError: fraction,
  leastSquaresHeldOutLoss: z.number(),
  leastSquaresHeldOutError: fraction,
});

/**
 * Values of `core/similarity/measures.ts` by name, on the images that the spec says; null where one
 * is undefined.
 */
export const similaritySchema = z.record(z.string(), z.nullable(z.number()));

/**
 * What measures from Gram matrices give by chance, by name: their null with the images of one network
 * shuffled within each batch. See `core/similarity/null.ts`; null where a measure is undefined.
 */
export const similarityNullSchema = z.record(
  z.string(),
  z.nullable(
    z.strictObject({
      mean: z.number(),
      high: z.number(),
      pValue: fraction,
      calibrated: z.nullable(fraction),
    }),
  ),
) satisfies z.ZodMiniType<Record<string, MeasureNull | null>>;

/** Weights of a stitch's convolution that are not 0, and all of them. */
const connectionsSchema = z.strictObject({
  kept: z.int().check(z.nonnegative()),
  of: z.int().check(z.positive()),
});

const many = z.int().check(z.nonnegative());

export const siteResultSchema = z.strictObject({
  site: z.int().check(z.nonnegative()),
  name: z.string(),
  /** The bottom's tap and the top's; absent where both have the site's number. */
  taps: z.optional(z.tuple([z.int().check(z.nonnegative()), z.int().check(z.nonnegative())])),
  /**
   * Test error of the stitched network: with the curve's family, trained, or least squares where
   * nothing was.
   */
  testError: fraction,
  /** `testError` minus the top network's own test error; negative when the stitch does better. */
  penalty: z.number().check(z.minimum(-1), z.maximum(1)),
  /** Standard error of the paired difference over the test images. */
  penaltyStandardError: z.number().check(z.nonnegative()),
  /** Debiased linear CKA of the two networks at this tap; null where it is undefined. */
  cka: z.nullable(z.number()),
  /** Every measure of similarity at this tap, debiased linear CKA among them. */
  similarity: similaritySchema,
  /** Where the spec asks for permutations. */
  similarityNull: z.optional(similarityNullSchema),
  /** Test error with the least-squares stitch, nothing trained. */
  leastSquaresTestError: fraction,
  leastSquaresPenaltyStandardError: z.number().check(z.nonnegative()),
  /**
   * Share of the variance of A's representation that the stitch of a family in closed form
   * explains, on the fit images; below 0 where A's own mean would be closer. Absent for the other
   * families.
   */
  familyR2: z.optional(z.nullable(z.number().check(z.maximum(1)))),
  /**
   * Share of the variance of A's representation that the least-squares stitch explains, on the fit
   * images.
   */
  leastSquaresR2: z.nullable(z.number().check(z.maximum(1))),
  /** λ of the ridge, relative to the mean variance of B's representation. */
  leastSquaresRidge: z.number().check(z.positive()),
  /** A lower bound of the condition number of B's covariance with the ridge, on the fit images. */
  condition: z.number().check(z.positive()),
  /** Channels of B's representation that do not vary on the fit images. */
  deadChannels: z.int().check(z.nonnegative()),
  /** How training from the least-squares stitch went; null where it is not what was done. */
  refinement: z.nullable(refinementSchema),
  /** Optimiser steps taken. */
  steps: z.int().check(z.nonnegative()),
  /**
   * Mean loss over the last epoch, or the round that found the stitch: cross-entropy in nats, or as
   * the curve's objective has it; null where training did not help.
   */
  finalTrainLoss: z.nullable(z.number()),
  /**
   * Test images by which of three networks get them wrong: at index 4s + 2a + b, with s, a and b 1
   * where the stitched network, A and B are wrong. Absent from older reports, and where B has no
   * head.
   */
  errorOverlap: z.optional(z.tuple([many, many, many, many, many, many, many, many])),
  /** How far the stitched network departs from what A has itself; absent where it is not measured. */
  departure: z.optional(departureSchema),
  /** Where the stitch was pruned. */
  connections: z.optional(connectionsSchema),
  /** Where the top's layers were trained from scratch. */
  errorByEpoch: z.optional(errorByEpochSchema),
  /** Time that training and scoring this tap took on its worker; null where nothing was trained. */
  seconds: z.nullable(z.number().check(z.nonnegative())),
});
export type SiteResult = z.infer<typeof siteResultSchema>;

export const siteFailureReasonSchema = z.enum([
  /**
   * The loss was no longer finite, or far above that of guessing; before training, where `step` is
   * null, a representation, a gradient or a logit overflows.
   */
  "diverged",
  /** The bottom's representation does not vary, so that nothing can be fitted to it. */
  "singular",
  /** The family has no stitch between such representations. */
  "no-such-stitch",
]);

/** A tap that has no stitch. */
export const siteFailureSchema = z.strictObject({
  site: z.int().check(z.nonnegative()),
  name: z.string(),
  reason: siteFailureReasonSchema,
  /** Optimiser step at which it happened; null before training. */
  step: z.nullable(z.int().check(z.positive())),
  /** The spec's seed, with which it happens again. */
  seed: z.int().check(z.nonnegative()),
  /** For people: what was found. */
  found: z.string(),
});
export type SiteFailure = z.infer<typeof siteFailureSchema>;

/** The results of one curve. */
export const curveReportSchema = z.strictObject({
  top: modelResultSchema,
  bottom: bottomResultSchema,
  sites: z.array(siteResultSchema),
  /** Sites asked for that are not among `sites`; absent where all are. */
  failures: z.optional(z.array(siteFailureSchema)),
  /** Of both networks' layers at the sites asked for; absent where none were asked for. */
  probes: z.optional(z.array(probeResultSchema)),
});
export type CurveReport = z.infer<typeof curveReportSchema>;

const currentReportSchema = z.strictObject({
  format: z.literal("stitch-lab-report-3"),
  spec: specSchema,
  backend: backendNameSchema,
  /** The graphics adapter's name on a GPU; null on a CPU. */
  adapter: z.nullable(z.string()),
  /** In the spec's order. */
  curves: z.tuple([curveReportSchema], curveReportSchema),
});

/** Reads today's reports and those of format 2. */
export const reportSchema = z.pipe(z.transform(upgradedReport), currentReportSchema);
export type Report = z.infer<typeof currentReportSchema>;

/** The file next to a recorded report with what the inspector reads of its stitches. */
const detailsFileSchema = z.strictObject({
  file: z.string().check(z.regex(/^[a-z0-9-]+\.details\.bin$/)),
  /** In hexadecimal. */
  sha256: z.string(),
  sizeBytes: z.int().check(z.positive()),
});
export type DetailsFile = z.infer<typeof detailsFileSchema>;

/**
 * A preset's report as the command line recorded it; the page shows it before it computes anything.
 */
export const recordedSchema = z.strictObject({
  format: z.literal("stitch-lab-recorded-1"),
  /** The command that computes it again. */
  command: z.string(),
  /** ISO 8601, the day. */
  date: z.iso.date(),
  report: reportSchema,
  /** Curves that were computed separately and inserted; absent where there are none. */
  apart: z.optional(
    z.array(
      z.strictObject({
        /** Index among the spec's curves; never 0, the first one. */
        curve: z.int().check(z.positive()),
        backend: backendNameSchema,
        date: z.iso.date(),
      }),
    ),
  ),
  /** Measures of similarity that were computed later, and put in; absent where none were. */
  similarity: z.optional(
    z.strictObject({
      backend: backendNameSchema,
      date: z.iso.date(),
      /** Those on the training images, in whose place they are; by curve. */
      train: z.array(
        z.array(
          z.strictObject({ site: z.int().check(z.nonnegative()), similarity: similaritySchema }),
        ),
      ),
    }),
  ),
  /** When linear probes were computed, later than the rest; absent where they were not. */
  probes: z.optional(z.strictObject({ backend: backendNameSchema, date: z.iso.date() })),
  /** Absent from older reports. */
  details: z.optional(detailsFileSchema),
});
export type Recorded = z.infer<typeof recordedSchema>;
