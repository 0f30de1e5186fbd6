/**
 * Singular vector canonical correlation analysis: the mean canonical correlation of the directions
 * that explain 99 % of each representation's variance.
 */
import {
  canonicalCorrelations,
  leadingDirections,
  principalDirections,
} from "./canonical-correlations";
import { rigidInvariances, type Measure } from "./measure";

const keptVariance = 0.99;

export const svcca: Measure = {
  name: "SVCCA",
  source: "Raghu et al. 2017",
  registryNames: ["platonic/svcca"],
  // Size decides which directions are kept, while canonical correlations do not depend on it.
  invariances: rigidInvariances,
  readsGramsAlone: false,
  value({ moments }, directions = principalDirections(moments)) {
    const x = leadingDirections(directions.x, keptVariance);
    const y = leadingDirections(directions.y, keptVariance);
    const found = canonicalCorrelations(x, y, moments, { rotation: false });
    if (!found) return null;
    const { correlations } = found;
    return correlations.reduce((sum, value) => sum + value, 0) / correlations.length;
  },
};
