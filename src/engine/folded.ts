/** The request to write a stitched network as a file, and its result. */
import * as z from "../core/schema";
import type { Moments } from "../core/stitch/moments";
import type { StitchParameters } from "../core/stitch/parameters";
import type { Family } from "../experiment/family";
import type { ImagesRef } from "../experiment/plan/task";

export interface FoldRequest {
  /** SHA-256 of the networks' files. */
  readonly bottom: string;
  readonly top: string;
  readonly tap: number;
  readonly stitch:
    | { readonly type: "trained"; readonly parameters: StitchParameters }
    /** Computed from moments; `affine` is the least-squares stitch. */
    | { readonly type: "closed-form"; readonly family: Family; readonly moments: Moments };
  /** Images that both are run on. */
  readonly images: ImagesRef;
  /** Metadata of the file, texts by name. */
  readonly about: Readonly<Record<string, string>>;
  /** How errors name the file. */
  readonly name: string;
}

export const foldedSchema = z.strictObject({
  /** The safetensors file. */
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  images: z.int().check(z.positive()),
  /**
   * The largest difference of any logit of any image, between the file and the stitched network.
   */
  largestDifference: z.number().check(z.nonnegative()),
  largestLogit: z.number().check(z.nonnegative()),
  /** The largest difference that is accepted. */
  tolerance: z.number().check(z.positive()),
});
export type Folded = z.infer<typeof foldedSchema>;
