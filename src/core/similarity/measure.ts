/**
 * A measure of similarity of two representations, as a function of what one pass gathers. To add
 * one, write it beside these and name it in `measures.ts`; what it needs of each batch's Gram
 * matrices goes into `sums.ts`.
 */
import type { ClosedFormSums } from "./sums";

/**
 * What either representation may undergo without a change of the measure. False: something of the
 * kind, done to one of the two, does change it.
 */
export interface Invariances {
  /** Features in another order. */
  readonly permutation: boolean;
  /** Rotations and reflections of the features. */
  readonly orthogonal: boolean;
  /** All features multiplied by the same number. */
  readonly isotropicScaling: boolean;
  /** Any linear map of the features that can be undone. */
  readonly invertibleLinear: boolean;
  /** The same vector added to every sample. */
  readonly translation: boolean;
}

export interface Measure {
  /** As the field calls it. */
  readonly name: string;
  /** Where it is from. */
  readonly source: string;
  readonly invariances: Invariances;
  /**
   * @returns null where it is undefined: a representation that does not vary, or too few samples
   */
  readonly value: (sums: ClosedFormSums) => number | null;
}

/**
 * Of measures of angles and distances: what moves samples rigidly, or all alike, changes nothing.
 */
export const rigidInvariances: Invariances = {
  permutation: true,
  orthogonal: true,
  isotropicScaling: true,
  invertibleLinear: false,
  translation: true,
};
