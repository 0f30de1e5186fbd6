/**
 * The spec: a small JSON value that decides an experiment's result. The same value is the address,
 * the key of stored results, the command line's input and the workers' order.
 */
import type { ProbeRepresentation } from "../core/linear-head/representation";
import * as z from "../core/schema";
import { dataSetRefSchema, imagesAtMost } from "./data-sets";
import { probesSchema } from "./probes";
import { perturbationSchema } from "./perturbation";
import { familySchema, isClosedForm, mustBeTrained } from "./family";
import { otherObjectiveSchema } from "./objective";
import {
  epochsSchema,
  permutationsSchema,
  seedSchema,
  testImagesSchema,
  trainImagesSchema,
  within,
} from "./limits";
import { canonicalModelRef, trainingOf } from "./model-ref";
import { upgradedSpec } from "./upgrade";
import { protocolNameSchema, protocols, type Protocol, type ProtocolName } from "./protocol";

/** A model of the zoo by its id, files by their contents, or a training, see `model-ref.ts`. */
export const modelRefSchema = z.string().check(
  z.refine((text) => canonicalModelRef(text) !== null, {
    error: "a model id, sha256: and 64 hex digits, or train: and a training",
  }),
  z.overwrite((text) => canonicalModelRef(text) ?? text),
);

export const layouts = ["diagonal", "grid"] as const;
export const layoutSchema = z.enum(layouts);

/** Site numbers in ascending order, each once. */
export const siteListSchema = z.array(within({ min: 0, max: 9_999 })).check(
  z.minLength(1),
  z.refine((sites) => sites.every((site, k) => k === 0 || site > (sites[k - 1] ?? -1)), {
    error: "site numbers in ascending order, each once",
  }),
);

/** What tells one curve of an experiment from the others. */
export const curveSchema = z.strictObject({
  /** The network whose top layers are kept, A. */
  top: modelRefSchema,
  /** The network whose bottom layers are fed in, B. */
  bottom: modelRefSchema,
  /** Seed of the random start and of the order of the images. */
  seed: seedSchema,
  /** Which maps the stitch may be. */
  family: z._default(familySchema, "affine"),
  /** What is done to the bottom's representations before the stitch reads them. */
  perturbation: z._default(perturbationSchema, "none"),
  /** What its stitches are fitted for; absent for the task. */
  objective: z.optional(otherObjectiveSchema),
});
export type Curve = z.infer<typeof curveSchema>;

/** More curves than these nobody tells apart in one chart. */
export const mostCurves = 12;

/** What all curves of an experiment share. */
const settingShape = {
  /** Absent for CIFAR-10. */
  data: z.optional(dataSetRefSchema),
  /**
   * What the stitched network is asked to answer: what its top answers, so that the penalty is the
   * share of images on which the two disagree. Absent for the images' labels.
   */
  target: z.optional(z.literal("top")),
  protocol: protocolNameSchema,
  /** `diagonal`: one site for each tap of the top; `grid`: one for each pair of taps. */
  layout: z._default(layoutSchema, "diagonal"),
  /** Sites by number, in the layout's order. */
  sites: z.union([z.literal("all"), siteListSchema]),
  /** Stitches are fitted on the first this many training images, in the data set's own order. */
  trainImages: trainImagesSchema,
  /** Errors are measured on the first this many test images. */
  testImages: testImagesSchema,
  /**
   * The measures of similarity are taken on the training images; absent for the test images, as in
   * Bansal, Nakkiran & Barak 2021, sec. 3.
   */
  similarityImages: z.optional(z.literal("train")),
  /**
   * How often the images of one network are shuffled to find what the measures give by chance;
   * absent for no such null.
   */
  permutations: z.optional(permutationsSchema),
  /** What linear probes of both networks' layers read; absent for no probes. */
  probes: z.optional(probesSchema),
  /** Whether to measure how far stitched networks depart from their top; absent for no. */
  departure: z.optional(z.literal(true)),
  epochs: epochsSchema,
};

const specFieldsSchema = z.strictObject({
  version: z.literal(3),
  /**
   * The first is the experiment's subject; the others (controls, other bottoms or seeds) share its
   * charts.
   */
  curves: z.tuple([curveSchema], curveSchema),
  ...settingShape,
});

const currentSpecSchema = specFieldsSchema.check(
  z.refine(epochsFit, {
    path: ["epochs"],
    error: "0 for a protocol that trains nothing, 1 or more for one that trains",
  }),
  ...(["trainImages", "testImages"] as const).map((field) =>
    z.refine<Pick<Spec, "data" | typeof field>>(
      (spec) => spec[field] <= imagesAtMost(field, spec.data),
      { path: [field], error: "no more images than the data set has" },
    ),
  ),
  z.refine(({ curves }) => curves.length <= mostCurves && eachOnce(curves), {
    path: ["curves"],
    error: `up to ${mostCurves} curves, each once`,
  }),
  z.refine(
    ({ protocol, curves }) =>
      protocols[protocol].training !== "none" ||
      !curves.some(({ family }) => mustBeTrained(family)),
    {
      path: ["family"],
      error:
        "larger kernels, sparse stitches, trained ranks and fresh tops with a protocol that trains",
    },
  ),
  z.refine(
    ({ protocol, curves }) =>
      curves.every(
        ({ objective, family }) =>
          objective === undefined ||
          (family === "affine" &&
            (protocol === "quick" || (protocol === "paper" && objective === "shuffled-labels"))),
      ),
    {
      path: ["objective"],
      error:
        "task, unless the family is affine and the protocol quick, or paper for shuffled-labels",
    },
  ),
  z.refine(
    ({ curves }) =>
      !curves.some(
        ({ perturbation, family }) => perturbation === "class-noise" && family === "fresh-top",
      ),
    { path: ["perturbation"], error: "class-noise with stitches, not with a fresh top" },
  ),
);

/** Reads today's specs and those of earlier versions. */
export const specSchema = z.pipe(z.transform(upgradedSpec), currentSpecSchema);

export type Spec = z.infer<typeof currentSpecSchema>;

/** One curve with what it shares with the others: all that decides its numbers. */
export type CurveSpec = Curve & Omit<Spec, "version" | "curves">;

/** `glance` trains nothing; the others train at least one epoch. */
function epochsFit({ protocol, epochs }: { protocol: ProtocolName; epochs: number }): boolean {
  return protocols[protocol].defaults.epochs === 0 ? epochs === 0 : epochs > 0;
}

function eachOnce(curves: readonly Curve[]): boolean {
  return new Set(curves.map(curveKey)).size === curves.length;
}

/** Equal for equal curves. */
export function curveKey(curve: Curve): string {
  const { top, bottom, seed, family, perturbation, objective } = curve;
  // Looks are chosen by it: those of curves for the task stay as they have always been.
  return [bottom, top, seed, family, perturbation, ...(objective ? [objective] : [])].join(" ");
}

/**
 * Whether a curve shows what labels do without features: it reads nothing else, or trains on wrong ones.
 */
export function isLabelControl({
  perturbation,
  objective,
}: Partial<Pick<Curve, "perturbation" | "objective">>): boolean {
  return perturbation === "class-noise" || objective === "shuffled-labels";
}

/** How a curve's stitches are trained; `none` where they follow from sums over the images. */
export function trainingOfCurve({
  protocol,
  family,
  objective,
}: Pick<CurveSpec, "protocol" | "family" | "objective">): Protocol["training"] {
  if (isClosedForm(family) || objective === "match") return "none";
  return protocols[protocol].training;
}

/** Returns every curve with what it shares with the others, in order. */
export function curvesOf({ version, curves, ...setting }: Spec): [CurveSpec, ...CurveSpec[]] {
  const [first, ...others] = curves;
  return [{ ...setting, ...first }, ...others.map((curve) => ({ ...setting, ...curve }))];
}

/** Returns whether every network of an experiment is among `models`, or named by its training. */
export function hasNetworks({ curves }: Spec, models: readonly { readonly id: string }[]): boolean {
  const isHere = (id: string): boolean =>
    models.some((model) => model.id === id) || trainingOf(id) !== undefined;
  return curves.every(({ top, bottom }) => isHere(top) && isHere(bottom));
}

/** Returns the experiment that has this curve alone. */
export function specOf(curve: CurveSpec): Spec {
  const { top, bottom, seed, family, perturbation, objective, ...setting } = curve;
  const alone = { top, bottom, seed, family, perturbation, ...(objective && { objective }) };
  return { version: 3, curves: [alone], ...setting };
}

/** Returns a spec whose first curve is changed. */
export function withFirstCurve(spec: Spec, change: Partial<Curve>): Spec {
  const [first, ...others] = spec.curves;
  return { ...spec, curves: [{ ...first, ...change }, ...others] };
}

/** Returns a spec with other curves after its first. */
export function withOtherCurves(spec: Spec, others: readonly Curve[]): Spec {
  return { ...spec, curves: [spec.curves[0], ...others] };
}

/** Returns a spec whose measures of similarity are taken on other images. */
export function withSimilarityImages(spec: Spec, images: "test" | "train"): Spec {
  const { similarityImages: _, ...rest } = spec;
  return images === "test" ? rest : { ...rest, similarityImages: images };
}

/** Returns a spec with another number of permutations. @param asked null leaves them out */
export function withPermutations(spec: Spec, asked: number | null): Spec {
  const { permutations: _, ...rest } = spec;
  return asked === null ? rest : { ...rest, permutations: asked };
}

/** Returns a spec with other probes. @param asked in order; none leaves them out */
export function withProbes(spec: Spec, asked: readonly ProbeRepresentation[]): Spec {
  const { probes: _, ...rest } = spec;
  return asked.length === 0 ? rest : { ...rest, probes: [...asked] };
}

/** Returns a spec that measures departures, or does not. */
export function withDeparture(spec: Spec, isMeasured: boolean): Spec {
  const { departure: _, ...rest } = spec;
  return isMeasured ? { ...rest, departure: true } : rest;
}

/** Returns a spec with a protocol's defaults. @param data absent for CIFAR-10 */
export function defaultSpec(
  top: string,
  bottom: string,
  protocol: ProtocolName = "quick",
  data?: string,
): Spec {
  return {
    version: 3,
    ...(data !== undefined && { data }),
    curves: [{ top, bottom, seed: 0, family: "affine", perturbation: "none" }],
    protocol,
    layout: "diagonal",
    sites: "all",
    ...protocols[protocol].defaults,
  };
}

/**
 * The site numbers a spec asks for, in a network of `siteCount` sites; numbers beyond it are left
 * out.
 */
export function sitesAsked(spec: Pick<Spec, "sites">, siteCount: number): number[] {
  const all = Array.from({ length: siteCount }, (_, site) => site);
  return spec.sites === "all" ? all : spec.sites.filter((site) => site < siteCount);
}
