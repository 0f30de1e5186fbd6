/**
 * The stitch of a family in closed form. No tensors: the page solves for it again where it shows
 * it.
 */
import type { FamilyFit } from "../core/stitch/families/family";
import { stitchFamilies } from "../core/stitch/families/registry";
import type { Moments } from "../core/stitch/moments";
import { rankOf, type ClosedFamily } from "../experiment/family";

/**
 * @throws LabError `numerics` when the source does not vary, `bad-shape` where the family has no
 *   such stitch
 */
export function fitOf(family: ClosedFamily, moments: Moments): FamilyFit {
  switch (family) {
    case "identity":
    case "permutation":
    case "orthogonal":
      return stitchFamilies[family](moments);
    default: {
      // Where no map has a higher rank, the limit is none.
      const most = Math.min(moments.meanX.length, moments.meanY.length);
      return stitchFamilies["low-rank"](moments, Math.min(rankOf(family) ?? most, most));
    }
  }
}
