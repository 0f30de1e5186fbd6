/** What has a closed form, gathered over images and merged. No tensors here. */
import { addHsic, type HsicSums } from "../similarity/linear-cka";
import { mergeMoments, type Moments } from "../stitch/moments";

/** What a pass gathers at one tap; passes over disjoint images merge into the pass over them all. */
export interface ClosedFormSums {
  /** From bottom (x) to top (y). */
  readonly moments: Moments;
  /** Of bottom (x) and top (y). */
  readonly hsic: HsicSums;
}

/** Sums over two disjoint sets of images, merged. */
export function mergeSums(a: ClosedFormSums, b: ClosedFormSums): ClosedFormSums {
  return { moments: mergeMoments(a.moments, b.moments), hsic: addHsic(a.hsic, b.hsic) };
}
