/** What the plot of errors has besides its curves: levels, the paper's ranges and a few words. */
import type { PaperRange } from "../../../experiment/figures/figure";
import { signed } from "../../format/numbers";
import type { ErrorAxis } from "./error-axis";
import type {
  LayerAxis,
  LayerPlot,
  PlotBeyond,
  PlotCurve,
  PlotLevel,
  PlotNote,
  PlotRange,
} from "../plots/layer-plot";
import { edgeRoom } from "./plot-scale";
import { tellingPoint } from "./telling-layer";

/**
 * Returns the networks' own errors, as far as they are on the scale.
 *
 * @param difference the bottom's error less the top's, in points; null where it is not known
 */
export function levelsOf(
  zero: number,
  difference: number | null,
  [, highest]: LayerPlot["domain"],
): readonly PlotLevel[] {
  const top: PlotLevel = { value: zero, look: { colour: "top", width: 1.5 } };
  if (difference === null || zero + difference > highest) return [top];
  return [
    top,
    { value: zero + difference, look: { colour: "bottom", width: 1.5, dashes: "14 6" } },
  ];
}

/** As much of it as the scale has. */
export function paperRange(
  { from: low, to: high, words, depths: [first, last] = [0, 1] }: PaperRange,
  [lowest, highest]: LayerPlot["domain"],
  { slots }: LayerAxis,
): readonly PlotRange[] {
  const [from, to] = [Math.max(low, lowest), Math.min(high, highest)];
  if (from >= to) return [];
  // From the left edge of the first slot to the right edge of the last.
  const slot = (depth: number): number => Math.round(depth * (slots - 1));
  const [left, right] = [(100 * slot(first)) / slots, (100 * (slot(last) + 1)) / slots];
  return [
    { from, to, left, right, text: `paper: ${words ?? `${signed(low)} to ${signed(high)}`}` },
  ];
}

/** What is above the scale, place by place. */
export function beyondOf(
  curves: readonly PlotCurve[],
  [, highest]: LayerPlot["domain"],
  { valueText }: ErrorAxis,
): readonly PlotBeyond[] {
  const found = curves.flatMap(({ look, points }) =>
    points.flatMap(({ at, value }) =>
      value === null || value <= highest ? [] : [{ at, value, colour: look.colour }],
    ),
  );
  return [...new Set(found.map(({ at }) => at))].map((place) => ({
    at: place,
    values: found
      .filter(({ at }) => at === place)
      .toSorted((a, b) => b.value - a.value)
      .map(({ value, colour }) => ({ text: valueText(value), colour })),
  }));
}

/** What is said of the main curve: how much it costs at most, or by how much it helps. */
export function notesOf(
  curve: PlotCurve | undefined,
  { zero, valueText }: ErrorAxis,
  [low, high]: LayerPlot["domain"],
): readonly PlotNote[] {
  const known = curve?.points.flatMap(({ at, value }) => (value === null ? [] : [{ at, value }]));
  if (!curve || !known || known.length < curve.points.length || known.length < 2) return [];
  const { helps, at, value } = tellingPoint(known, zero);
  // Other curves may go higher.
  const text = helps
    ? `${curve.name}: ${valueText(value)}, better than A’s own layers`
    : `${curve.name}: at most ${valueText(value)}`;
  // Below the value at the edge.
  const place = value > high ? high - edgeRoom * (high - low) : value;
  return [{ at, value: place, text, colour: curve.look.colour }];
}
