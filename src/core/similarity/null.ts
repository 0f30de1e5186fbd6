/**
 * How sure a measure of similarity is: its value among those that it has with the images of one
 * network shuffled, which leaves nothing in common but what both networks have by chance.
 */
import { measuresIn } from "./measures";
import type { PermutedSums } from "./permuted-sums";
import type { ClosedFormSums } from "./sums";

/** Share of the null distribution that lies above its high level. */
const nullLevel = 0.05;

export interface MeasureNull {
  /** Mean over the permutations. */
  readonly mean: number;
  /**
   * The level that at most 5% of unrelated representations pass: the ⌈0.95 (R + 1)⌉-th smallest of R
   * permutations, so that a value above it is one whose p-value is at most 0.05.
   */
  readonly high: number;
  /**
   * (1 + permutations that reach the value) / (1 + permutations): never 0. Phipson & Smyth 2010,
   * “Permutation P-values should never be zero”.
   */
  readonly pValue: number;
  /**
   * (value − high) / (1 − high), at least 0: how far the value is from the high level towards 1. Null
   * where that level is 1. Gröger, Wen & Brbić 2026, arXiv 2602.14486.
   */
  readonly calibrated: number | null;
}

/**
 * Computes the null of every measure that follows from Gram sums, by name; null where the measure is
 * undefined. Measures from moments have none.
 *
 * @returns undefined where nothing was permuted
 */
export function similarityNullOf(
  sums: ClosedFormSums,
): Record<string, MeasureNull | null> | undefined {
  const { permuted } = sums;
  if (!permuted) return undefined;
  const shuffledSums = Array.from(permuted.hsic, (_, r) => withPermutation(sums, permuted, r));
  return Object.fromEntries(
    measuresIn(sums)
      .filter(([, { readsGramsAlone }]) => readsGramsAlone)
      .map(([name, { value }]) => [
        name,
        nullOf(
          value(sums),
          shuffledSums.map((one) => value(one)),
        ),
      ]),
  );
}

/** The sums that the images would have in the order of permutation r. */
export function withPermutation(
  sums: ClosedFormSums,
  permuted: PermutedSums,
  r: number,
): ClosedFormSums {
  const at = (name: keyof PermutedSums): number => permuted[name][r] ?? NaN;
  return {
    ...sums,
    hsic: { ...sums.hsic, xy: at("hsic") },
    biasedHsic: { ...sums.biasedHsic, xy: at("biasedHsic") },
    rbfHsic: { ...sums.rbfHsic, xy: at("rbfHsic") },
    neighbours: { ...sums.neighbours, shared: at("shared") },
    ...(sums.cknna && { cknna: { ...sums.cknna, xy: at("cknna") } }),
  };
}

/** Values this close are equal: they are summed in another order. */
const rounding = 1e-9;

/** @returns null where the value or one of the null's is undefined */
export function nullOf(
  value: number | null,
  permuted: readonly (number | null)[],
): MeasureNull | null {
  const known = permuted.flatMap((one) => one ?? []).sort((a, b) => a - b);
  if (value === null || known.length < permuted.length || known.length === 0) return null;
  const rank = Math.ceil((1 - nullLevel) * (known.length + 1));
  const high = known[Math.min(rank, known.length) - 1] ?? NaN;
  const reached = known.filter((one) => one >= value - rounding).length;
  return {
    mean: known.reduce((sum, one) => sum + one, 0) / known.length,
    high,
    pValue: (1 + reached) / (1 + known.length),
    // Rounding may put the value of equal representations above 1.
    calibrated: high < 1 ? Math.min(1, Math.max(0, (value - high) / (1 - high))) : null,
  };
}
