/** The plot of errors, in percentage points: penalties, or the path from A to B. */
import type { PaperRange } from "../../../experiment/figures/figure";
import type { PlottedCurve } from "./curve-views";
import { pathAxis, penaltyAxis, type ErrorAxis, type Path } from "./error-axis";
import { drawnPoints, type LayerPlot, type PlotCurve } from "../plots/layer-plot";
import { beyondOf, levelsOf, notesOf, paperRange } from "./penalty-marks";
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

export interface PenaltyPlotData extends PlotData {
  /** Whether the protocol trains; otherwise the scored stitch is the least-squares one. */
  readonly trained: boolean;
  /** Fractions; null until they are known, or where they have nothing to do with each other. */
  readonly topError: number | null;
  readonly bottomError: number | null;
  /** Whether all curves share one scale, however far off a control is. */
  readonly oneScale: boolean;
  /** The highest penalty that the scale holds, in points; null where it holds all. */
  readonly highest: number | null;
  readonly paper: readonly PaperRange[];
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
      control: !data.oneScale && shown[k]?.control === true && curve.index !== main,
    })),
    difference === null ? [] : [difference],
    data.highest,
  );
  const onScale = curves.filter((_, k) => off[k] !== true);
  const onStrip = curves.filter((_, k) => off[k] === true);
  const labelsOf = (those: readonly PlotCurve[]) =>
    those.map((curve) => withPlaceBefore(labelOf(curve, shown, data.axis, errors), before));
  const limit = data.highest === null ? Infinity : zero + data.highest;
  const { domain, ticks } = paddedScale(
    [
      ...onScale.flatMap(withErrors),
      ...beforeOf(onScale).flatMap(valuesOf),
      ...nearby(leastSquares.flatMap(valuesOf), onScale.flatMap(valuesOf), zero),
      ...leastSquares.flatMap((curve) => valuesAlone(curve, onScale)),
      ...(difference === null ? [] : [zero + difference]),
      zero,
    ].filter((value) => value <= limit),
    onScale.flatMap(valuesOf).some((value) => value > limit),
  );
  return {
    title: errors.title,
    meaning: errors.meaning,
    domain,
    ticks: ticks.map((value) => ({ value, text: errors.tickText(value) })),
    levels: levelsOf(zero, difference, domain),
    // The paper's range is of penalties.
    ranges: path ? [] : paper.flatMap((range) => paperRange(range, domain, data.axis)),
    beyond: beyondOf(onScale, domain, errors),
    curves: [...beforeOf(onScale), ...mainLast([...leastSquares, ...onScale], main)],
    labels: [
      ...labelsOf(onScale),
      ...leastSquares.map((curve) => leastSquaresLabel(curve, data.axis, errors)),
      ...errorLabels(topError, difference, words, errors),
    ],
    notes: notesOf(
      onScale.find(({ index }) => index === main),
      errors,
      domain,
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

const smallestReach = 3;

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
