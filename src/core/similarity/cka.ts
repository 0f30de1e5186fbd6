/**
 * CKA with a linear kernel, K = XXᵀ, and with a Gaussian one. An image's features at all positions
 * are one sample. Read the debiased measures; much of the literature shows the biased one, which must
 * be compared with its chance level.
 */
import { ckaOf } from "./hsic-sums";
import { rigidInvariances, type Measure } from "./measure";

export const linearCka: Measure = {
  name: "linear CKA, debiased",
  source: "Kornblith et al. 2019, eq. 4, with HSIC₁ of Song et al. 2012, eq. 5",
  registryNames: ["kornblith19/cka-hsic_song", "platonic/unbiased_cka"],
  invariances: rigidInvariances,
  readsGramsAlone: true,
  value: ({ hsic }) => ckaOf(hsic),
};

export const biasedLinearCka: Measure = {
  name: "linear CKA, biased",
  source: "Kornblith et al. 2019, eq. 4, with HSIC₀ of Gretton et al. 2005, eq. 9",
  registryNames: ["kornblith19/cka-hsic_gretton", "netrep/LinearCKA", "platonic/cka"],
  invariances: rigidInvariances,
  readsGramsAlone: true,
  value: ({ biasedHsic }) => ckaOf(biasedHsic),
};

/**
 * CKA with a Gaussian kernel, which depends on which images are near each other and little on the
 * distances of the rest. Debiased and summed over minibatches, like the linear one.
 */
export const rbfCka: Measure = {
  name: "RBF CKA, debiased",
  source: "Kornblith et al. 2019, sec. 3.3",
  registryNames: ["platonic/unbiased_cka_rbf"],
  invariances: rigidInvariances,
  readsGramsAlone: true,
  value: ({ rbfHsic }) => ckaOf(rbfHsic),
};

/**
 * Biased linear CKA of two independent Gaussian representations, about √(pq / ((n + p)(n + q))):
 * E⟨XXᵀ, YYᵀ⟩ is npq and E‖XXᵀ‖² about np(n + p), up to the centring. Near 1 where features
 * outnumber images, as they do near the input.
 *
 * @param n images in a batch
 * @param p features of one representation, channels × positions
 * @param q features of the other
 */
export function chanceLevel(n: number, p: number, q: number): number {
  return Math.sqrt((p * q) / ((n + p) * (n + q)));
}
