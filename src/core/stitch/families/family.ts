/**
 * A stitch family in closed form: which maps a stitch may be, and which of them fits two
 * representations best, as a function of their moments. To add one, write it beside these and name
 * it in `registry.ts`.
 */
import { LabError } from "../../errors";
import type { AffineMap } from "../affine-map";
import type { Moments } from "../moments";

/** A family's best map from source to target; families add what else they know of it. */
export interface FamilyFit extends AffineMap {
  /**
   * Share of the target's variance explained, see `explainedShare`; null when the target does not
   * vary.
   */
  readonly r2: number | null;
}

/**
 * @param rank how many directions may pass, for the families that have a choice; the others do not
 *   read it
 * @throws LabError where the family has no map between such representations
 */
export type StitchFamily = (moments: Moments, rank: number) => FamilyFit;

/**
 * The number of channels of source and target alike.
 *
 * @param stitch how the error names the family's stitch
 * @throws LabError `bad-shape` when they differ
 */
export function channelsOfBoth(stitch: string, { meanX, meanY }: Moments): number {
  if (meanX.length !== meanY.length) {
    throw new LabError({
      code: "bad-shape",
      input: stitch,
      expected: "as many channels in the source as in the target",
      found: `${meanX.length} and ${meanY.length}`,
    });
  }
  return meanX.length;
}
