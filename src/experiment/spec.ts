/**
 * The spec: a small JSON value that decides an experiment's result. The same value is the address,
 * the key of stored results, the command line's input and the workers' order.
 */
import * as z from "../core/schema";
import { perturbationSchema } from "./perturbation";
import { familySchema, kernelSide } from "./family";
import { batchSize, protocolNameSchema, protocols, type ProtocolName } from "./protocol";

/** A model of the zoo by its id, or a file by its contents: `sha256:` and 64 hexadecimal digits. */
export const modelRefSchema = z
  .string()
  .check(
    z.regex(/^([a-z0-9-]{1,64}|sha256:[0-9a-f]{64})$/, "a model id, or sha256: and 64 hex digits"),
  );

/** Both included. */
export interface Limits {
  readonly min: number;
  readonly max: number;
}

export const limits = {
  trainImages: { min: batchSize, max: 50_000 },
  testImages: { min: 1, max: 10_000 },
  epochs: { min: 0, max: 1_000 },
  seed: { min: 0, max: 2 ** 31 - 1 },
} as const satisfies Record<string, Limits>;

const within = ({ min, max }: Limits) => z.int().check(z.minimum(min), z.maximum(max));
export const trainImagesSchema = within(limits.trainImages);
export const testImagesSchema = within(limits.testImages);
export const epochsSchema = within(limits.epochs);
export const seedSchema = within(limits.seed);

export const layouts = ["diagonal", "grid"] as const;
export const layoutSchema = z.enum(layouts);

/** Tap numbers in ascending order, each once. */
export const siteListSchema = z.array(z.int().check(z.minimum(0), z.maximum(9_999))).check(
  z.minLength(1),
  z.refine((sites) => sites.every((site, k) => k === 0 || site > (sites[k - 1] ?? -1)), {
    error: "site numbers in ascending order, each once",
  }),
);

/** What tells one curve of an experiment from the others. */
const curveShape = {
  /** The network whose top layers are kept, A. */
  top: modelRefSchema,
  /** The network whose bottom layers are fed in, B. */
  bottom: modelRefSchema,
  /** Of the random start and of the order of the images. */
  seed: seedSchema,
  /** Which maps the stitch may be. */
  family: z._default(familySchema, "affine"),
  /** What is done to the bottom's representations before the stitch reads them. */
  perturbation: z._default(perturbationSchema, "none"),
};
export const curveSchema = z.strictObject(curveShape);
export type Curve = z.infer<typeof curveSchema>;

/** Curves beside the first; more than these nobody tells apart in one chart. */
export const mostCurves = 11;

const specFieldsSchema = z.strictObject({
  version: z.literal(1),
  ...curveShape,
  protocol: protocolNameSchema,
  /** `diagonal`: one stitch a tap of the top; `grid`: every tap of the bottom with every tap of the top. */
  layout: z._default(layoutSchema, "diagonal"),
  /** Places for a stitch by number, in the layout's order. */
  sites: z.union([z.literal("all"), siteListSchema]),
  /** Stitches are fitted on the first this many training images, in the data set's own order. */
  trainImages: trainImagesSchema,
  /** Errors are measured on the first this many test images. */
  testImages: testImagesSchema,
  epochs: epochsSchema,
  /** Further curves in the same charts: other bottoms, controls, the other direction, other seeds. */
  also: z._default(z.array(curveSchema).check(z.maxLength(mostCurves)), []),
});

export const specSchema = specFieldsSchema.check(
  z.refine(epochsFit, {
    path: ["epochs"],
    error: "0 for a protocol that trains nothing, 1 or more for one that trains",
  }),
  z.refine(({ also, ...first }) => eachOnce([first, ...also]), {
    path: ["also"],
    error: "every curve once",
  }),
  z.refine(
    ({ protocol, also, ...first }) =>
      protocols[protocol].training !== "none" ||
      [first, ...also].every(({ family }) => kernelSide(family) === undefined),
    {
      path: ["family"],
      error: "larger kernels with a protocol that trains",
    },
  ),
);

export type Spec = z.infer<typeof specSchema>;

/** `glance` trains nothing; the others train at least one epoch. */
function epochsFit({ protocol, epochs }: { protocol: ProtocolName; epochs: number }): boolean {
  return protocols[protocol].defaults.epochs === 0 ? epochs === 0 : epochs > 0;
}

function eachOnce(curves: readonly Curve[]): boolean {
  const names = curves.map(({ top, bottom, seed, family, perturbation }) =>
    [bottom, top, seed, family, perturbation].join(" "),
  );
  return new Set(names).size === names.length;
}

/** Each curve as an experiment of its own, in order. */
export function curvesOf({ also, ...first }: Spec): Spec[] {
  return [first, ...also.map((curve) => ({ ...first, ...curve }))].map((curve) => ({
    ...curve,
    also: [],
  }));
}

/** A spec with a protocol's defaults. */
export function defaultSpec(top: string, bottom: string, protocol: ProtocolName = "quick"): Spec {
  return {
    version: 1,
    top,
    bottom,
    protocol,
    layout: "diagonal",
    sites: "all",
    ...protocols[protocol].defaults,
    seed: 0,
    family: "affine",
    perturbation: "none",
    also: [],
  };
}

/** The site numbers a spec asks for, in a network of `siteCount` sites; numbers beyond it are left out. */
export function sitesAsked(spec: Spec, siteCount: number): number[] {
  const all = Array.from({ length: siteCount }, (_, site) => site);
  return spec.sites === "all" ? all : spec.sites.filter((site) => site < siteCount);
}
