/** The plot of stitching penalties, in percentage points. */
import { signed } from "../format/numbers";
import type { Penalty } from "../session/results/rows";
import type { PlottedCurve } from "./curve-views";
import type { LayerPlot, PlotCurve, PlotNote, PlotRange } from "./plots/layer-plot";
import { errorLabels, labelOf, leastSquaresLabel } from "./penalty-labels";
import { mainLast, pointsOf, shownCurves, valuesOf, type PlotData } from "./plot-curves";
import { farOffScale, paddedScale, stripDomain } from "./plot-scale";

export interface PenaltyPlotData extends PlotData {
  /** Whether the protocol trains; otherwise the scored stitch is the least-squares one. */
  readonly trained: boolean;
  /** Fractions; null until they are known, or where they have nothing to do with each other. */
  readonly topError: number | null;
  readonly bottomError: number | null;
  /** Whether all curves share one scale, however far off a control is. */
  readonly oneScale: boolean;
  /** What the paper reports, in points; null where it gives no numbers. */
  readonly paper: readonly [low: number, high: number] | null;
}

export function penaltyPlot(data: PenaltyPlotData): LayerPlot {
  const { main, trained, topError, bottomError, paper, words } = data;
  const shown = shownCurves(data);
  const curves = shown.map((view) => penaltyCurve(view, data));
  const difference =
    topError === null || bottomError === null ? null : 100 * (bottomError - topError);
  // The trained curve's own; without training, the curve itself is the least-squares stitch.
  const leastSquares = shown
    .filter(({ index }) => trained && index === main)
    .map((view) => leastSquaresCurve(view, data));
  const reference = difference === null ? [] : [difference];
  const off = farOffScale(
    curves.map((curve, k) => ({
      values: valuesOf(curve),
      control: !data.oneScale && shown[k]?.untrained === true && curve.index !== main,
    })),
    reference,
  );
  const onScale = curves.filter((_, k) => off[k] !== true);
  const onStrip = curves.filter((_, k) => off[k] === true);
  const { domain, ticks } = paddedScale([
    ...onScale.flatMap(withErrors),
    ...nearby(leastSquares.flatMap(valuesOf), onScale.flatMap(valuesOf)),
    ...leastSquares.flatMap((curve) => valuesAlone(curve, onScale)),
    ...reference,
  ]);
  const quiet = { width: 1.5 } as const;
  return {
    title: words.title,
    meaning: words.meaning,
    domain,
    ticks: ticks.map((value) => ({ value, text: signed(value) })),
    levels: [
      { value: 0, look: { colour: "top", ...quiet } },
      ...(difference === null
        ? []
        : [{ value: difference, look: { colour: "bottom", ...quiet, dashes: "14 6" } } as const]),
    ],
    ranges: paper === null ? [] : paperRange(paper, domain),
    curves: mainLast([...leastSquares, ...onScale], main),
    labels: [
      ...onScale.map((curve) => labelOf(curve, shown, data.axis)),
      ...leastSquares.map((curve) => leastSquaresLabel(curve, data.axis)),
      ...errorLabels(topError, difference, words),
    ],
    notes: notesOf(onScale.find(({ index }) => index === main)),
    strip:
      onStrip.length === 0
        ? null
        : {
            domain: stripDomain(onStrip.flatMap(valuesOf)),
            curves: onStrip,
            labels: onStrip.map((curve) => labelOf(curve, shown, data.axis)),
          },
  };
}

function penaltyCurve(view: PlottedCurve, { axis, main }: PenaltyPlotData): PlotCurve {
  return {
    index: view.index,
    name: view.name,
    look: view.look,
    marker: "dot",
    ribbon: view.index === main,
    points: pointsOf(view, axis, (row) => {
      // Never the least-squares stitch's in its place: training may make it far lower.
      return { value: inPoints(row.penalty), standardError: inStandardError(row.penalty) };
    }),
  };
}

function leastSquaresCurve(view: PlottedCurve, { axis }: PenaltyPlotData): PlotCurve {
  return {
    index: view.index,
    name: "least squares",
    look: { colour: "stitch-light", width: 1.5, dashes: "2 4" },
    marker: "ring",
    ribbon: false,
    points: pointsOf(view, axis, (row) => ({
      value: inPoints(row.leastSquares),
      standardError: null,
    })),
  };
}

/**
 * The values that are at most half as far again from 0 as the curves that count: the stitch before
 * training may be far worse, and does not decide the scale.
 */
function nearby(values: readonly number[], counting: readonly number[]): readonly number[] {
  const reach = 1.5 * Math.max(smallestReach, ...counting.map(Math.abs));
  return values.filter((value) => Math.abs(value) <= reach);
}

const smallestReach = 4;

/** Values of the stitch before training where nothing is trained yet: all that is known there. */
function valuesAlone(curve: PlotCurve, others: readonly PlotCurve[]): readonly number[] {
  const trained = others.find(({ index }) => index === curve.index);
  return curve.points.flatMap(({ value }, place) => {
    const after = trained?.points[place]?.value ?? null;
    return value === null || after !== null ? [] : [value];
  });
}

function inPoints(penalty: Penalty | null): number | null {
  return penalty && 100 * penalty.value;
}

function inStandardError(penalty: Penalty | null): number | null {
  const error = penalty?.standardError ?? null;
  return error && 100 * error;
}

function withErrors({ points, ribbon }: PlotCurve): readonly number[] {
  return points.flatMap(({ value, standardError }) => {
    if (value === null) return [];
    const error = ribbon ? (standardError ?? 0) : 0;
    return [value - error, value + error];
  });
}

/** As much of it as the scale has. */
function paperRange(
  [low, high]: readonly [number, number],
  [lowest, highest]: LayerPlot["domain"],
): readonly PlotRange[] {
  const [from, to] = [Math.max(low, lowest), Math.min(high, highest)];
  return from < to ? [{ from, to, text: `paper: ${signed(low)} to ${signed(high)}` }] : [];
}

/** What is said of the main curve: how much it costs at most, or by how much it helps. */
function notesOf(curve: PlotCurve | undefined): readonly PlotNote[] {
  const known = curve?.points.flatMap(({ at, value }) => (value === null ? [] : [{ at, value }]));
  if (!curve || !known || known.length < curve.points.length || known.length < 2) return [];
  const most = known.reduce((a, b) => (b.value > a.value ? b : a));
  const least = known.reduce((a, b) => (b.value < a.value ? b : a));
  const helps = -least.value > Math.max(2, most.value);
  const { at, value } = helps ? least : most;
  // Other curves may go higher.
  const text = helps
    ? `${curve.name}: ${signed(value, 1)}, better than A’s own layers`
    : `${curve.name}: at most ${signed(value, 1)}`;
  return [{ at, value, text, colour: curve.look.colour }];
}
