/**
 * A measure of similarity of two representations, as a function of the sums of one pass. To add
 * one, write a file in this folder and name it in `measures.ts`; new sums over batches go into
 * `sums.ts`.
 */
import type { PrincipalDirections } from "./canonical-correlations";
import type { ClosedFormSums, GramSums } from "./sums";

/**
 * Transformations of either representation that leave the measure unchanged. False: such a
 * transformation of one of the two can change it.
 */
export interface Invariances {
  /** Features in another order. */
  readonly permutation: boolean;
  /** Rotations and reflections of the features. */
  readonly orthogonal: boolean;
  /** All features multiplied by the same number. */
  readonly isotropicScaling: boolean;
  /** Any invertible linear map of the features. */
  readonly invertibleLinear: boolean;
  /** The same vector added to every sample. */
  readonly translation: boolean;
}

export interface Measure {
  /** The usual name. */
  readonly name: string;
  /** Its publication. */
  readonly source: string;
  /**
   * The closest entries of the field's registry, similarity-repository, as “package/measure”. Their
   * values may differ in what they centre, scale or batch: docs/protocols.md says how.
   */
  readonly registryNames: readonly string[];
  readonly invariances: Invariances;
  /**
   * Whether it follows from Gram sums, so that it has a null distribution by permutation; the others
   * read moments.
   */
  readonly readsGramsAlone: boolean;
  /** Sums that results of older versions lack; without them the measure is left out. */
  readonly needs?: keyof GramSums;
  /**
   * @param directions of the sums' moments, which several measures need; computed if not given
   * @returns null where it is undefined: a representation that does not vary, or too few samples
   */
  readonly value: (sums: ClosedFormSums, directions?: PrincipalDirections) => number | null;
}

/**
 * Invariances of measures of angles and distances: rigid motions and isotropic scaling change
 * nothing.
 */
export const rigidInvariances: Invariances = {
  permutation: true,
  orthogonal: true,
  isotropicScaling: true,
  invertibleLinear: false,
  translation: true,
};
