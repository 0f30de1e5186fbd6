/**
 * Centred kernel nearest-neighbour alignment: biased linear CKA of which only the pairs of images
 * count that are neighbours. Σ α(i, j) k̄ᵢⱼ l̄ᵢⱼ over the centred kernels takes the place of HSIC₀;
 * α is 1 where image j is among the k nearest of image i in both representations.
 *
 * As for mutual neighbours, features are not scaled to length 1 and neighbours are ordered by
 * distance, within a batch.
 */
import { ckaOf } from "./hsic-sums";
import { rigidInvariances, type Measure } from "./measure";
import { neighbourCount } from "./neighbour-sums";

export const cknna: Measure = {
  name: `CKNNA of ${neighbourCount} neighbours`,
  source: "Huh et al. 2024, “The Platonic Representation Hypothesis”, appendix A",
  registryNames: ["platonic/cknna_topk"],
  invariances: rigidInvariances,
  readsGramsAlone: true,
  needs: "cknna",
  value: ({ cknna: sums }) => (sums ? ckaOf(sums) : null),
};
