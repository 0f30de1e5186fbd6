/**
 * A stitch family in closed form: a set of maps, and the best of them for two representations, as a
 * function of their moments. To add one, write a file in this folder and name it in `registry.ts`.
 */
import { LabError } from "../../errors";
import type { AffineMap } from "../affine-map";
import type { Moments } from "../moments";

/** A family's best map from source to target; families add their own details. */
export interface FamilyFit extends AffineMap {
  /**
   * Share of the target's variance explained, see `explainedShare`; null if the target does not
   * vary.
   */
  readonly r2: number | null;
}

/**
 * @param rank number of directions that may pass, for families with a choice; others ignore it
 * @throws LabError where the family has no map between such representations
 */
export type StitchFamily = (moments: Moments, rank: number) => FamilyFit;

/**
 * Returns the number of channels that source and target share.
 *
 * @param stitch name of the family's stitch in the error
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
