/**
 * Tasks: the independent, deterministic pieces of an experiment. A task names everything that its
 * result depends on: its key finds the result of any experiment that had the same task.
 */
import { dataFormSchema } from "../../core/data/form";
import * as z from "../../core/schema";
import { kernelSides } from "../../core/stitch/parameters";
import { perturbationSchema } from "../perturbation";
import { closedFamilySchema } from "../family";
import { permutationsSchema } from "../limits";
import { trainedObjectives } from "../objective";
import { probeRepresentationSchema } from "../probes";
import { passesWhole, trainingSchema } from "../protocol";
import type { BackendName } from "../report";

const sha256Schema = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** Images of a split by the hashes of the shards that hold them. */
const imagesSchema = z.strictObject({
  split: z.enum(["train", "test"]),
  /** The first this many. */
  count: z.int().check(z.positive()),
  /** SHA-256 of the shards that hold them, in order. */
  shards: z.array(sha256Schema).check(z.minLength(1)),
  /** How the shards are read; absent for CIFAR-10. */
  form: z.optional(dataFormSchema),
  /** SHA-256 of the network whose answers count as correct; absent where labels do. */
  agreeWith: z.optional(sha256Schema),
  /** Seed of a permutation that gives each the answer of another; absent where each has its own. */
  shuffledBy: z.optional(z.int().check(z.nonnegative())),
});
export type ImagesRef = z.infer<typeof imagesSchema>;

/**
 * [bottom tap, top tap] of every site; sites of the task are indices into this list. Absent where
 * tap k of the one meets tap k of the other.
 */
const sitesSchema = z.optional(
  z
    .array(z.tuple([z.int().check(z.nonnegative()), z.int().check(z.nonnegative())]))
    .check(z.minLength(1)),
);

/** Perturbation of the bottom's representations; absent for none. */
const perturbationRefSchema = z.optional(perturbationSchema);

const baselineSchema = z.strictObject({
  type: z.literal("baseline"),
  /** SHA-256 of the network's file. */
  model: sha256Schema,
  images: imagesSchema,
});

/** The moments of a range of the training images. */
const closedFormSchema = z.strictObject({
  type: z.literal("closed-form"),
  bottom: sha256Schema,
  top: sha256Schema,
  sites: sitesSchema,
  perturbation: perturbationRefSchema,
  /** Sites that are gathered; absent for all. */
  asked: z.optional(z.array(z.int().check(z.nonnegative())).check(z.minLength(1))),
  images: imagesSchema,
  first: z.int().check(z.nonnegative()),
  end: z.int().check(z.positive()),
});

/** Score the least-squares stitches of several taps on a range of the test images. */
const leastSquaresSchema = z.strictObject({
  type: z.literal("least-squares"),
  bottom: sha256Schema,
  top: sha256Schema,
  sites: sitesSchema,
  perturbation: perturbationRefSchema,
  asked: z.array(z.int().check(z.nonnegative())).check(z.minLength(1)),
  /** Images that they are fitted to. */
  train: imagesSchema,
  test: imagesSchema,
  first: z.int().check(z.nonnegative()),
  end: z.int().check(z.positive()),
});

/** Score the stitches of a family in closed form at several taps on a range of the test images. */
const familyTaskSchema = z.extend(leastSquaresSchema, {
  type: z.literal("family"),
  family: closedFamilySchema,
});

/** Gather what the measures of similarity need on a range of images. */
const similaritySchema = z.extend(closedFormSchema, {
  type: z.literal("similarity"),
  permutations: z.optional(permutationsSchema),
});

/** Take every measure of similarity at several taps, from the sums of all ranges of the images. */
const measuresSchema = z.strictObject({
  type: z.literal("measures"),
  bottom: sha256Schema,
  top: sha256Schema,
  sites: sitesSchema,
  perturbation: perturbationRefSchema,
  asked: z.array(z.int().check(z.nonnegative())).check(z.minLength(1)),
  images: imagesSchema,
  /** Of their null; absent for none. */
  permutations: z.optional(permutationsSchema),
});

/** Fit a linear classifier to one network's representation at a tap, and score it. */
const probeSchema = z.strictObject({
  type: z.literal("probe"),
  /** SHA-256 of the network's file. */
  model: sha256Schema,
  tap: z.int().check(z.nonnegative()),
  representation: probeRepresentationSchema,
  /** Of the classifier, for a network without a head; absent for those that the network has. */
  classes: z.optional(z.int().check(z.minimum(2))),
  train: imagesSchema,
  test: imagesSchema,
});

/** What is trained at one site, and scored there. */
const trainedAtSite = {
  bottom: sha256Schema,
  top: sha256Schema,
  sites: sitesSchema,
  perturbation: perturbationRefSchema,
  site: z.int().check(z.nonnegative()),
  train: imagesSchema,
  test: imagesSchema,
  epochs: z.int().check(z.positive()),
  seed: z.int().check(z.nonnegative()),
};

/** Train the stitch at one tap and score it. */
const stitchSchema = z.strictObject({
  type: z.literal("stitch"),
  ...trainedAtSite,
  training: trainingSchema,
  /** Side of the stitch's kernel; absent for 1. */
  side: z.optional(z.literal(kernelSides)),
  /** Share of the weights that are left after pruning; absent for a stitch that is not pruned. */
  share: z.optional(z.number().check(z.positive(), z.maximum(1))),
  /** Highest rank of the weights, which train as two factors; absent where they train themselves. */
  rank: z.optional(z.int().check(z.positive())),
  /** What it is trained for; absent for the task. */
  objective: z.optional(z.enum(trainedObjectives)),
});

/**
 * Train the top's layers above a site from scratch on the bottom's representation, and score them.
 * Of the top only the architecture matters.
 */
const freshTopSchema = z.strictObject({ type: z.literal("fresh-top"), ...trainedAtSite });

/** Measure how far one stitch's network departs from what the top has itself. */
const departureTaskSchema = z.strictObject({
  type: z.literal("departure"),
  bottom: sha256Schema,
  top: sha256Schema,
  sites: sitesSchema,
  perturbation: perturbationRefSchema,
  site: z.int().check(z.nonnegative()),
  /** Images that show the top's own distribution. */
  fit: imagesSchema,
  /** Images that are asked about. */
  test: imagesSchema,
  /** The stitch: a training, or one in closed form. */
  stitch: z.discriminatedUnion("type", [
    stitchSchema,
    z.strictObject({ type: z.literal("least-squares"), train: imagesSchema }),
    z.strictObject({
      type: z.literal("family"),
      family: closedFamilySchema,
      train: imagesSchema,
    }),
  ]),
});

export const taskSchema = z.discriminatedUnion("type", [
  baselineSchema,
  closedFormSchema,
  leastSquaresSchema,
  familyTaskSchema,
  similaritySchema,
  measuresSchema,
  probeSchema,
  stitchSchema,
  freshTopSchema,
  departureTaskSchema,
]);
export type Task = z.infer<typeof taskSchema>;
export type BaselineTask = z.infer<typeof baselineSchema>;
export type ClosedFormTask = z.infer<typeof closedFormSchema>;
export type LeastSquaresTask = z.infer<typeof leastSquaresSchema>;
export type FamilyTask = z.infer<typeof familyTaskSchema>;
export type SimilarityTask = z.infer<typeof similaritySchema>;
export type MeasuresTask = z.infer<typeof measuresSchema>;
export type ProbeTask = z.infer<typeof probeSchema>;
export type StitchTask = z.infer<typeof stitchSchema>;
export type FreshTopTask = z.infer<typeof freshTopSchema>;
export type DepartureTask = z.infer<typeof departureTaskSchema>;

/**
 * Changed whenever the same task may give another result: old results are then not found. 3: sums
 * include the covariance of the target and more of Gram matrices; numbers are rounded differently.
 * 4, on WebGPU and wasm: their own kernels round differently.
 */
const resultsVersions = { cpu: 3, wasm: 4, webgl: 3, webgpu: 4 } satisfies Record<
  BackendName,
  number
>;

/**
 * The same, for images that pass a few at a time. 2: how many does not depend on the number of
 * workers.
 */
const largeImagesVersion = 2;

/** The key of a stored result before hashing: equal for equal tasks, on the same backend. */
export function taskIdentity(task: Task, batchSize: number, backend: BackendName): string {
  const resultsVersion = resultsVersions[backend];
  const { form } = "images" in task ? task.images : task.test;
  const large = form && !passesWhole(form) && { largeImagesVersion };
  return JSON.stringify(
    { resultsVersion, ...large, backend, batchSize, task: oldForm(task) },
    sortedKeys,
  );
}

/**
 * Spells a task as the first version did, where sites were called cells and a site's number a tap:
 * results stored then are still found.
 */
function oldForm(task: Task): object {
  const { type } = task;
  if (
    type === "baseline" ||
    type === "similarity" ||
    type === "measures" ||
    type === "probe" ||
    type === "departure"
  ) {
    return task;
  }
  const { sites, perturbation, ...rest } = task;
  const common = { ...(sites && { cells: sites }), ...(perturbation && { altered: perturbation }) };
  if ("site" in rest) {
    const { site: tap, ...others } = rest;
    return { ...others, ...common, tap };
  }
  const { asked: taps, ...others } = rest;
  return { ...others, ...common, ...(taps && { taps }) };
}

/** Sorts the keys of objects: equal values have equal text. */
function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
