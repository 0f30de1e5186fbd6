/** The plot of errors, in percentage points: penalties, or the path from A to B. */
import { signed } from "../../format/numbers";
import type { PlottedCurve } from "./curve-views";
import { pathAxis, penaltyAxis, type ErrorAxis, type Path } from "./error-axis";
import {
  drawnPoints,
  type LayerPlot,
  type PlotCurve,
  type PlotNote,
  type PlotRange,
} from "../plots/layer-plot";
import { errorLabels, labelOf, leastSquaresLabel } from "./penalty-labels";
import {
  beforeCurves,
  mainLast,
  pointsOf,
  shownCurves,
  valuesOf,
  withPlaceBefore,
  type PlotData,
} from "./plot-curves";
import { farOffScale, paddedScale, stripDomain } from "./plot-scale";
import { tellingPoint } from "./telling-layer";

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
  /** Present for test errors along the path; absent for penalties. */
  readonly path?: Path;
}

export function penaltyPlot(data: PenaltyPlotData): LayerPlot {
  const { main, trained, topError, bottomError, paper, words, path } = data;
  const errors = path ? pathAxis(words, path, main, data.axis) : penaltyAxis(words);
  const { zero } = errors;
  const shown = shownCurves(data);
  const curves = shown.map((view) => errorCurve(view, data, errors));
  const before = beforeCurves(shown, curves, (view) => errorCurve(view, data, errors).points);
  const beforeOf = (those: readonly PlotCurve[]): readonly PlotCurve[] =>
    before.filter(({ index }) => those.some((curve) => curve.index === index));
  const difference =
    topError === null || bottomError === null ? null : 100 * (bottomError - topError);
  // The trained curve's own; without training, the curve itself is the least-squares stitch.
  const leastSquares = shown
    .filter(({ index }) => trained && index === main)
    .map((view) => leastSquaresCurve(view, data, errors));
  const off = farOffScale(
    curves.map((curve, k) => ({
      // The same curves leave either scale: what counts is how far they are from A.
      values: [curve, ...beforeOf([curve])].flatMap(valuesOf).map((value) => value - zero),
      control: !data.oneScale && shown[k]?.untrained === true && curve.index !== main,
    })),
    difference === null ? [] : [difference],
  );
  const onScale = curves.filter((_, k) => off[k] !== true);
  const onStrip = curves.filter((_, k) => off[k] === true);
  const labelsOf = (those: readonly PlotCurve[]) =>
    those.map((curve) => withPlaceBefore(labelOf(curve, shown, data.axis, errors), before));
  const { domain, ticks } = paddedScale([
    ...onScale.flatMap(withErrors),
    ...beforeOf(onScale).flatMap(valuesOf),
    ...nearby(leastSquares.flatMap(valuesOf), onScale.flatMap(valuesOf), zero),
    ...leastSquares.flatMap((curve) => valuesAlone(curve, onScale)),
    ...(difference === null ? [] : [zero + difference]),
    zero,
  ]);
  const quiet = { width: 1.5 } as const;
  return {
    title: errors.title,
    meaning: errors.meaning,
    domain,
    ticks: ticks.map((value) => ({ value, text: errors.tickText(value) })),
    levels: [
      { value: zero, look: { colour: "top", ...quiet } },
      ...(difference === null
        ? []
        : [
            {
              value: zero + difference,
              look: { colour: "bottom", ...quiet, dashes: "14 6" },
            } as const,
          ]),
    ],
    // The paper's range is of penalties.
    ranges: paper === null || path ? [] : paperRange(paper, domain),
    curves: [...beforeOf(onScale), ...mainLast([...leastSquares, ...onScale], main)],
    labels: [
      ...labelsOf(onScale),
      ...leastSquares.map((curve) => leastSquaresLabel(curve, data.axis, errors)),
      ...errorLabels(topError, difference, words, errors),
    ],
    notes: notesOf(
      onScale.find(({ index }) => index === main),
      errors,
    ),
    strip:
      onStrip.length === 0
        ? null
        : {
            domain: stripDomain([...onStrip, ...beforeOf(onStrip)].flatMap(valuesOf)),
            // Numbers are written at the first.
            curves: [...onStrip, ...beforeOf(onStrip)],
            labels: labelsOf(onStrip),
          },
  };
}

function errorCurve(
  view: PlottedCurve,
  { axis, main }: PenaltyPlotData,
  { valueOf, endsOf }: ErrorAxis,
): PlotCurve {
  return {
    index: view.index,
    name: view.name,
    look: view.look,
    marker: "dot",
    ribbon: view.index === main,
    // Never the least-squares stitch's in its place: training may make it far lower.
    points: pointsOf(view, axis, ({ penalty }) => valueOf(view.index, penalty)),
    ends: endsOf(view.index),
  };
}

function leastSquaresCurve(
  view: PlottedCurve,
  { axis }: PenaltyPlotData,
  { valueOf }: ErrorAxis,
): PlotCurve {
  return {
    index: view.index,
    name: "least squares",
    look: { colour: "stitch-light", width: 1.5, dashes: "2 4" },
    marker: "ring",
    ribbon: false,
    points: pointsOf(view, axis, (row) => ({
      ...valueOf(view.index, row.leastSquares),
      standardError: null,
    })),
  };
}

/**
 * The values that are at most half as far again from A as the curves that count: the stitch before
 * training may be far worse, and does not decide the scale.
 */
function nearby(
  values: readonly number[],
  counting: readonly number[],
  zero: number,
): readonly number[] {
  const away = (value: number): number => Math.abs(value - zero);
  const reach = 1.5 * Math.max(smallestReach, ...counting.map(away));
  return values.filter((value) => away(value) <= reach);
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

function withErrors(curve: PlotCurve): readonly number[] {
  return drawnPoints(curve).flatMap(({ value, standardError }) => {
    if (value === null) return [];
    const error = curve.ribbon ? (standardError ?? 0) : 0;
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
function notesOf(
  curve: PlotCurve | undefined,
  { zero, valueText }: ErrorAxis,
): readonly PlotNote[] {
  const known = curve?.points.flatMap(({ at, value }) => (value === null ? [] : [{ at, value }]));
  if (!curve || !known || known.length < curve.points.length || known.length < 2) return [];
  const { helps, at, value } = tellingPoint(known, zero);
  // Other curves may go higher.
  const text = helps
    ? `${curve.name}: ${valueText(value)}, better than A’s own layers`
    : `${curve.name}: at most ${valueText(value)}`;
  return [{ at, value, text, colour: curve.look.colour }];
}
