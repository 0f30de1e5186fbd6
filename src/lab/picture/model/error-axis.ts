/**
 * What the plot of errors measures: stitching penalties, or the test errors of the stitched networks
 * on the path from A to B, as Bansal, Nakkiran & Barak 2021 draw it in Figure 2A.
 */
import type { ModelResult } from "../../../experiment/report";
import { binomialError } from "../../../core/scoring/penalty";
import { deviation, percent, points, signed, signedPoints } from "../../format/numbers";
import type { TargetWords } from "../../format/target-words";
import type { Penalty } from "../../session/results/rows";
import type { LayerAxis, PlotEnd, PlotPoint } from "../plots/layer-plot";

type Value = Pick<PlotPoint, "value" | "standardError">;

/** A curve's networks alone; null where their errors are not known or answer other questions. */
export interface OwnErrors {
  readonly top: Pick<ModelResult, "testError" | "testErrorStandardError"> | null;
  readonly bottom: Pick<ModelResult, "testError" | "testErrorStandardError"> | null;
}

/** The path from A to B. */
export interface Path {
  /** By index of the curve. */
  readonly own: ReadonlyMap<number, OwnErrors>;
  /** Images that every error is measured on. */
  readonly testImages: number;
}

export interface ErrorAxis {
  readonly title: string;
  readonly meaning: string;
  /** Height of the main curve's top network alone, in points. */
  readonly zero: number;
  /** @returns in points */
  readonly valueOf: (curve: number, penalty: Penalty | null) => Value;
  /** What a curve has at the axis's ends: its networks alone. */
  readonly endsOf: (curve: number) => readonly PlotEnd[];
  /** @param value in points, as are those of the others */
  readonly tickText: (value: number) => string;
  /** One value of a curve. */
  readonly valueText: (value: number) => string;
  readonly readingText: (value: number, standardError: number | null) => string;
  /** Name of the line at the bottom network's own error. @param difference from the top's */
  readonly bottomText: (difference: number) => string;
}

/** Penalties: the top network alone is 0. */
export function penaltyAxis({ title, meaning }: TargetWords): ErrorAxis {
  return {
    title,
    meaning,
    zero: 0,
    valueOf: (_, penalty) => ({
      value: penalty && 100 * penalty.value,
      standardError: inPoints(penalty?.standardError ?? null),
    }),
    endsOf: () => [],
    tickText: (value) => signed(value),
    valueText: (value) => signed(value, 1),
    readingText: (value, standardError) =>
      `${signedPoints(value / 100)}${deviation(standardError && standardError / 100)}`,
    bottomText: (difference) => `B alone: ${signed(difference, 1)} vs. A`,
  };
}

const withoutEnd = "A alone at the left, then the stitched networks; B has no head";

/** The error of A, then of every stitched network, then of B. */
export function pathAxis(
  words: TargetWords,
  { own, testImages }: Path,
  main: number,
  { slots, ends = [] }: LayerAxis,
): ErrorAxis {
  const zero = 100 * (own.get(main)?.top?.testError ?? 0);
  return {
    title: words.pathTitle,
    meaning: ends.includes("bottom") ? words.pathMeaning : withoutEnd,
    zero,
    valueOf(curve, penalty) {
      const top = own.get(curve)?.top;
      if (!penalty || !top) return { value: null, standardError: null };
      const error = top.testError + penalty.value;
      return {
        value: 100 * error,
        standardError: 100 * binomialError(error, testImages),
      };
    },
    endsOf(curve) {
      const { top = null, bottom = null } = own.get(curve) ?? {};
      return [...(top ? [endAt(-0.5, top)] : []), ...(bottom ? [endAt(slots - 0.5, bottom)] : [])];
    },
    tickText: (value) => `${value}%`,
    valueText: (value) => percent(value / 100),
    readingText: (value, standardError) =>
      `${points(value / 100)}${deviation(standardError && standardError / 100)}`,
    bottomText: (difference) => words.bottomLine(percent((zero + difference) / 100)),
  };
}

function endAt(
  at: number,
  { testError, testErrorStandardError }: NonNullable<OwnErrors["top"]>,
): PlotEnd {
  return { at, value: 100 * testError, standardError: 100 * testErrorStandardError };
}

function inPoints(fraction: number | null): number | null {
  return fraction && 100 * fraction;
}
