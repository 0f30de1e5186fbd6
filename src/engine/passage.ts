/**
 * Questions of a page that shows what a stitch does to an image, and a worker's answers. The worker
 * lives as long as the page asks: networks, moments and scores stay in its memory.
 */
import * as z from "../core/schema";
import type { AffineMap } from "../core/stitch/affine-map";
import type { Moments } from "../core/stitch/moments";
import type { Perturbation } from "../experiment/perturbation";
import type { ImagesRef } from "../experiment/plan/task";

/** The two networks, and what their stitches are fitted to and scored on. */
export interface PassageSetup {
  /** SHA-256 of the networks' files. */
  readonly bottom: string;
  readonly top: string;
  /** [bottom tap, top tap] of every site. */
  readonly sites: [number, number][];
  readonly perturbation: Perturbation;
  readonly train: ImagesRef;
  readonly test: ImagesRef;
  /** By site; null where they are not stored, and gathered on `train` when they are needed. */
  readonly stored: readonly (StoredMoments | null)[];
}

export interface StoredMoments {
  readonly moments: Moments;
  /** Training images that they are of. */
  readonly images: number;
}

/** A stitch of 1×1 kernels, chosen by how it is found. */
export type PassageStitch =
  | { readonly type: "identity" }
  | { readonly type: "permutation" }
  /** The best map through at most `rank` directions. */
  | { readonly type: "low-rank"; readonly rank: number }
  | { readonly type: "least-squares" }
  | { readonly type: "trained"; readonly map: AffineMap };

export interface PassageRequest {
  /** A later request has a larger number; only the latest is answered in full. */
  readonly id: number;
  readonly site: number;
  readonly image:
    | { readonly type: "test"; readonly index: number }
    /** [32, 32, 3] bytes */
    | {
        readonly type: "own";
        readonly pixels: Uint8Array;
        /** The class of a test image that is not among the first; absent for a visitor's picture. */
        readonly label?: number;
      };
  readonly stitch: PassageStitch;
}

/** Whether a stitch is computed from the moments of both representations. */
export function isFitted({ type }: PassageStitch): boolean {
  return type === "permutation" || type === "low-rank" || type === "least-squares";
}

const floats = z.custom<Float32Array>((value) => value instanceof Float32Array);
const doubles = z.custom<Float64Array>((value) => value instanceof Float64Array);
const count = z.int().check(z.nonnegative());

const mapsSchema = z.strictObject({
  channels: count,
  height: count,
  width: count,
  /** [c, h, w] */
  values: floats,
});

const seenSchema = z.strictObject({
  type: z.literal("seen"),
  id: count,
  /** B's representation [c₁, h, w], the stitch's output and A's own representation [c₂, h, w]. */
  bottom: mapsSchema,
  stitched: mapsSchema,
  own: mapsSchema,
  /** By class. */
  probabilities: z.strictObject({
    /** Null where the bottom has no head. */
    bottom: z.nullable(floats),
    stitched: floats,
    top: floats,
  }),
  /** The stitch: weight [c₁, c₂], bias [c₂]. */
  map: z.strictObject({ weight: doubles, bias: doubles }),
  /** Training images that the stitch is fitted to so far; null for one that is not fitted here. */
  fittedTo: z.nullable(count),
});
/** One image's passage through both networks and the stitched one. */
export type Seen = z.infer<typeof seenSchema>;

const penaltySchema = z.strictObject({
  type: z.literal("penalty"),
  id: count,
  /** Test images scored so far, and all. */
  scored: count,
  of: count,
  /** Penalty on those scored, with its standard error; fractions. */
  value: z.number(),
  standardError: z.number(),
});
/** Penalty of the stitch on the first test images, as far as they are scored. */
export type PassagePenalty = z.infer<typeof penaltySchema>;

export const passageAnswerSchema = z.discriminatedUnion("type", [seenSchema, penaltySchema]);
