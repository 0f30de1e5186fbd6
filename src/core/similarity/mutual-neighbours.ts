/**
 * Mutual nearest neighbours: the share of an image's k nearest images that are the same in both
 * representations.
 *
 * Huh et al. scale every image's features to length 1 and order by inner product, which equals
 * ordering by distance; here features are not scaled, and neighbours are ordered by distance. They
 * are searched within a batch of n images: unrelated representations share about k / (n − 1).
 */
import { rigidInvariances, type Measure } from "./measure";
import { neighbourCount } from "./neighbour-sums";

export const mutualNeighbours: Measure = {
  name: `mutual ${neighbourCount} nearest neighbours`,
  source: "Huh et al. 2024, “The Platonic Representation Hypothesis”, appendix A",
  registryNames: ["platonic/mutual_knn_topk"],
  invariances: rigidInvariances,
  readsGramsAlone: true,
  value: ({ neighbours: { shared, images } }) => (images > 0 ? shared / images : null),
};
