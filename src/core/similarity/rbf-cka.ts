/**
 * CKA with a Gaussian kernel: alike where the same images are near each other, however far apart
 * the rest lie. Debiased, and summed over minibatches, as the linear one.
 */
import { ckaOf } from "./hsic-sums";
import { rigidInvariances, type Measure } from "./measure";

export const rbfCka: Measure = {
  name: "RBF CKA, debiased",
  source: "Kornblith et al. 2019, sec. 3.3",
  invariances: rigidInvariances,
  value: ({ rbfHsic }) => ckaOf(rbfHsic),
};
