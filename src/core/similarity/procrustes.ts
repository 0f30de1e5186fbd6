/**
 * Orthogonal Procrustes similarity: how well one representation can be rotated onto the other. With
 * X and Y centred and of norm 1, ‖XᵀY‖_* = 1 − d²/2, d the distance that the best rotation leaves
 * (Ding et al. 2021), and the cosine of Williams et al.'s angle: 1 for rotated copies, 0 for
 * uncorrelated ones. From moments: every position of every image is one sample.
 */
import { matrixOf, traceOf } from "../linear-algebra/matrix";
import { noVectors, singularValueDecomposition } from "../linear-algebra/singular-values";
import { rigidInvariances, type Measure } from "./measure";

export const procrustes: Measure = {
  name: "orthogonal Procrustes",
  source: "Williams et al. 2021; Ding et al. 2021",
  registryNames: ["netrep/LinearMetric_angular"],
  invariances: rigidInvariances,
  readsGramsAlone: false,
  value({ moments: { meanX, meanY, xx, xy, yy } }) {
    const [own, other] = [traceOf(xx), traceOf(yy)];
    if (own <= 0 || other <= 0) return null;
    const { values } = singularValueDecomposition(
      matrixOf(meanX.length, meanY.length, xy),
      noVectors,
    );
    const nuclear = values.reduce((sum, value) => sum + value, 0);
    // Rounding may raise a rotated copy slightly above 1.
    return Math.min(1, nuclear / Math.sqrt(own * other));
  },
};
