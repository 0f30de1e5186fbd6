/**
 * Table 1 of the paper, computed: what CKA and stitching say of networks that differ in one thing.
 *
 * Bansal, Nakkiran & Barak 2021, table 1. Theirs is in words, over CIFAR-10 and ImageNet; ours is
 * in numbers, from the recorded figures.
 */
import type { PresetName } from "./figures";
import type { Sketches } from "./sketch";

interface Row {
  /** What the two networks differ in. */
  readonly difference: string;
  readonly paper: { readonly cka: string; readonly stitching: string };
  readonly curves: readonly FigureCurve[];
}

/** A figure's curve, by its place in the spec: 0 is the first. */
export interface FigureCurve {
  readonly figure: PresetName;
  readonly place: number;
}

export const tableOneRows: readonly Row[] = [
  {
    difference: "Random seed",
    paper: { cka: "varies, can be 0", stitching: "close, up to 3 points" },
    curves: [
      { figure: "seeds", place: 0 },
      { figure: "seeds", place: 2 },
      { figure: "seeds", place: 3 },
      { figure: "seeds", place: 4 },
      { figure: "deep", place: 0 },
      { figure: "deeper", place: 0 },
      { figure: "scale", place: 0 },
    ],
  },
  {
    // Of its own: so narrow a network has one early layer that hardly any stitch fits.
    difference: "Random seed, only 8 filters",
    paper: { cka: "not measured", stitching: "not measured" },
    curves: [{ figure: "scale", place: 2 }],
  },
  {
    difference: "No labels for the bottom (SimCLR)",
    paper: { cka: "0.35 to 0.9", stitching: "close, up to 5 points" },
    curves: [{ figure: "simclr", place: 0 }],
  },
  {
    difference: "No labels for the top (SimCLR)",
    paper: { cka: "0.35 to 0.9", stitching: "close, up to 5 points" },
    curves: [{ figure: "simclr", place: 1 }],
  },
  {
    difference: "More data for the bottom",
    paper: { cka: "far, can be 0", stitching: "better" },
    curves: [{ figure: "data", place: 0 }],
  },
  {
    difference: "More width for the bottom",
    paper: { cka: "far, can be 0.7", stitching: "better" },
    curves: [{ figure: "width", place: 0 }],
  },
  {
    difference: "Twice the width for the bottom",
    paper: { cka: "far, can be 0.7", stitching: "better" },
    curves: [{ figure: "wider", place: 0 }],
  },
];

/** Over all layers of a row's curves. */
type Range = readonly [lowest: number, highest: number];

export interface ComparisonRow extends Pick<Row, "difference" | "paper"> {
  /** Recorded figures that the numbers come from; where there is none, there are no ranges. */
  readonly figures: readonly PresetName[];
  /** Debiased linear CKA. */
  readonly cka: Range | null;
  /** Stitching penalties, as fractions. */
  readonly penalty: Range | null;
}

/** @throws RangeError where a recorded figure lacks a curve that its spec has */
export function tableOne(sketches: Sketches): readonly ComparisonRow[] {
  return tableOneRows.map(({ difference, paper, curves }) => {
    const recorded = curves.filter(({ figure }) => sketches[figure]);
    const range = (measure: "similarity" | "penalty"): Range | null =>
      rangeOf(recorded.flatMap((curve) => valuesOf(sketches, curve, measure)));
    return {
      difference,
      paper,
      figures: [...new Set(recorded.map(({ figure }) => figure))],
      cka: range("similarity"),
      penalty: range("penalty"),
    };
  });
}

function valuesOf(
  sketches: Sketches,
  { figure, place }: FigureCurve,
  measure: "similarity" | "penalty",
): number[] {
  const curve = sketches[figure]?.[measure][place];
  if (!curve) throw new RangeError(`${figure}: expected a recorded curve ${place}, found none`);
  return curve.filter((value) => value !== null);
}

function rangeOf(values: readonly number[]): Range | null {
  return values.length === 0 ? null : [Math.min(...values), Math.max(...values)];
}
