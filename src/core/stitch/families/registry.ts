/** The stitch families in closed form, by name. To add one is one file and one line. */
import { leastSquares } from "./least-squares";
import type { StitchFamily } from "./family";
import { identity } from "./identity";
import { lowRank } from "./low-rank";
import { orthogonal } from "./orthogonal";
import { permutation } from "./permutation";

export const stitchFamilies = {
  // The fewer maps a family has, the earlier it stands.
  identity,
  permutation,
  orthogonal,
  "low-rank": lowRank,
  "least-squares": leastSquares,
} satisfies Record<string, StitchFamily>;
