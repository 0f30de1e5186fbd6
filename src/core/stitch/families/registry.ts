/** The stitch families in closed form, by name. To add one is one file and one line. */
import { leastSquares } from "./least-squares";
import type { StitchFamily } from "./family";
import { identity } from "./identity";
import { lowRank } from "./low-rank";
import { orthogonal } from "./orthogonal";
import { permutation } from "./permutation";

export const stitchFamilies = {
  // In order of size: each family contains fewer maps than the next.
  identity,
  permutation,
  orthogonal,
  "low-rank": lowRank,
  "least-squares": leastSquares,
} satisfies Record<string, StitchFamily>;
