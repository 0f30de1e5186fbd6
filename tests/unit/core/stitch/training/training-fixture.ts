/** tests/fixtures/stitch-training.json: PyTorch's first 20 steps of Adam on a stitch. */
import * as z from "../../../../../src/core/schema";
import { l1Penalty } from "../../../../../src/core/stitch/training/pruning-schedule";
import { toDevice } from "../../../../../src/core/stitch/training/trainable";
import { kernelSides, type StitchParameters } from "../../../../../src/core/stitch/parameters";
import { arraySchema, fixture, weightsSchema } from "../../../fixtures";

const floats = z.pipe(
  z.array(z.number()),
  z.transform((values) => Float32Array.from(values)),
);

/** [c₁], [c₁], [c₁, c₂] or [k, k, c₁, c₂], [c₂] and [c₂], row-major */
const trainedSchema = z.object({
  gamma1: floats,
  beta1: floats,
  weight: floats,
  gamma2: floats,
  beta2: floats,
});
export type TrainedNumbers = z.infer<typeof trainedSchema>;

const statisticsSchema = z.object({
  mean1: floats,
  variance1: floats,
  mean2: floats,
  variance2: floats,
});

const caseSchema = z.object({
  bottom: weightsSchema,
  top: weightsSchema,
  tap: z.int(),
  /** Side of the kernel; absent for 1. */
  side: z.optional(z.literal(kernelSides)),
  /** Share of the weights that are left in the end; absent for all. */
  share: z.optional(z.number()),
  /** Highest rank of the weights; absent for any. */
  rank: z.optional(z.int()),
  start: trainedSchema,
  losses32: z.array(z.number()),
  losses64: z.array(z.number()),
  firstGradient: trainedSchema,
  trained: trainedSchema,
  statistics: statisticsSchema,
});
export type TrainingCase = z.infer<typeof caseSchema>;

/** Training images that hold all batches. */
export const imagesOfBatches = 1000;

export const { peakRate, batches, cases } = fixture(
  "stitch-training",
  z.object({
    peakRate: z.number(),
    /** Indices of training images, a row a step. */
    batches: z.array(z.array(z.int().check(z.maximum(imagesOfBatches - 1)))),
    cases: z.array(caseSchema),
  }),
);

/**
 * Stitches with larger kernels: the same steps from the same batches, and what they give once
 * trained.
 */
export const kernels = fixture(
  "kernel-training",
  z.object({
    testImages: z.int(),
    peakRate: z.literal(peakRate),
    batches: z
      .array(z.array(z.int()))
      .check(z.refine((found) => String(found) === String(batches))),
    cases: z.array(z.extend(caseSchema, { side: z.literal(kernelSides), logits: arraySchema })),
    applied: z.array(
      z.object({
        side: z.literal(kernelSides),
        trained: trainedSchema,
        statistics: statisticsSchema,
        x: arraySchema,
        z: arraySchema,
      }),
    ),
  }),
);

/** Stitches that PyTorch prunes: the same steps from the same batches. */
export const sparse = fixture(
  "sparse-training",
  z.object({
    l1: z.literal(l1Penalty),
    batches: z
      .array(z.array(z.int()))
      .check(z.refine((found) => String(found) === String(batches))),
    cases: z.array(
      z.extend(caseSchema, {
        share: z.number(),
        /** Weights left after each step. */
        left: z.array(z.int()),
      }),
    ),
  }),
);

/** Stitches of two factors: the same steps from the same batches. */
export const lowRank = fixture(
  "rank-training",
  z.object({
    batches: z
      .array(z.array(z.int()))
      .check(z.refine((found) => String(found) === String(batches))),
    cases: z.array(z.extend(z.omit(caseSchema, { firstGradient: true }), { rank: z.int() })),
  }),
);

/** The stitch a case starts from; running statistics at PyTorch's defaults. */
export function startOf({ start, side }: Pick<TrainingCase, "start" | "side">): StitchParameters {
  const source = start.gamma1.length;
  const target = start.gamma2.length;
  return {
    source,
    target,
    ...(side && { side }),
    ...start,
    mean1: new Float32Array(source),
    variance1: new Float32Array(source).fill(1),
    mean2: new Float32Array(target),
    variance2: new Float32Array(target).fill(1),
  };
}

/** A case's start on the device. @returns two vectors, which the caller disposes */
export function startOnDevice(training: TrainingCase): ReturnType<typeof toDevice> {
  return toDevice(startOf(training));
}

/** "resnet18-w16-s1 into resnet18-w16-s0 at tap 2" */
export function nameOf({ bottom, top, tap }: Pick<TrainingCase, "bottom" | "top" | "tap">): string {
  return `${bottom.id} into ${top.id} at tap ${tap}`;
}
