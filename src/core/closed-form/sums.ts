/** What has a closed form, gathered over images and merged. No tensors here. */
import { addGrams, type GramSums } from "../similarity/gram-sums";
import { mergeMoments, type Moments } from "../stitch/moments";

/** What a pass gathers at one tap; passes over disjoint images merge into the pass over them all. */
export interface ClosedFormSums extends GramSums {
  /** From bottom (x) to top (y). */
  readonly moments: Moments;
}

/** Sums over two disjoint sets of images, merged. */
export function mergeSums(a: ClosedFormSums, b: ClosedFormSums): ClosedFormSums {
  return { moments: mergeMoments(a.moments, b.moments), ...addGrams(a, b) };
}
