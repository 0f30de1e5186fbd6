/**
 * CKA with a Gaussian kernel, which depends on which images are near each other and little on the
 * distances of the rest. Debiased and summed over minibatches, like the linear one.
 */
import { ckaOf } from "./hsic-sums";
import { rigidInvariances, type Measure } from "./measure";

export const rbfCka: Measure = {
  name: "RBF CKA, debiased",
  source: "Kornblith et al. 2019, sec. 3.3",
  invariances: rigidInvariances,
  value: ({ rbfHsic }) => ckaOf(rbfHsic),
};
