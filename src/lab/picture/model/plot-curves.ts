/** What the plots of penalty and similarity have in common. */
import type { TargetWords } from "../../format/target-words";
import type { Row } from "../../session/results/rows";
import type { PlottedCurve } from "./curve-views";
import {
  drawnPoints,
  type LayerAxis,
  type PlotCurve,
  type PlotLabel,
  type PlotPoint,
} from "../plots/layer-plot";

export interface PlotData {
  readonly axis: LayerAxis;
  readonly curves: readonly PlottedCurve[];
  /** Indices of curves that the visitor has hidden. */
  readonly hidden: ReadonlySet<number>;
  /** Index of the curve that the picture is about. */
  readonly main: number;
  /** What the numbers are a share of. */
  readonly words: TargetWords;
}

export function shownCurves({ curves, hidden }: PlotData): readonly PlottedCurve[] {
  return curves.filter(({ index }) => !hidden.has(index));
}

type Value = Pick<PlotPoint, "value" | "standardError">;

/**
 * Returns a curve's points on the axis of A's layers; a top of another depth is spread evenly, its
 * first layer at the first and its last at the last.
 */
export function pointsOf(
  { rows, layers }: PlottedCurve,
  { slots }: LayerAxis,
  valueOf: (row: Row) => Value,
): readonly PlotPoint[] {
  return rows.map((row) => ({
    at: placeOf(row.site, layers, slots),
    site: row.site,
    layer: row.name,
    ...valueOf(row),
  }));
}

/** Returns a layer's place on the axis. @param layers of its network */
export function placeOf(site: number, layers: number, slots: number): number {
  return layers < 2 ? 0 : (site * (slots - 1)) / (layers - 1);
}

/** The main curve last, so that it lies above the others. */
export function mainLast<T extends { readonly index: number }>(
  curves: readonly T[],
  main: number,
): readonly T[] {
  return [
    ...curves.filter(({ index }) => index !== main),
    ...curves.filter(({ index }) => index === main),
  ];
}

export function valuesOf({ points }: Pick<PlotCurve, "points">): readonly number[] {
  return points.flatMap(({ value }) => value ?? []);
}

/**
 * Returns what a curve has at each layer of the axis, in words. A top of another depth has there its
 * nearest layer's value and that layer's name.
 */
export function readings(
  { points }: Pick<PlotCurve, "points">,
  { slots }: LayerAxis,
  textOf: (value: number, standardError: number | null) => string,
): Required<Pick<PlotLabel, "valueAt" | "layerAt">> {
  const valueAt = new Map<number, string>();
  const layerAt = new Map<number, string>();
  const ownLayers = points.every(({ at, site }) => at === site);
  const [first] = points;
  if (!first) return { valueAt, layerAt };
  for (let layer = 0; layer < slots; layer++) {
    const { at, value, standardError, ...nearest } = points.reduce(
      (best, next) => (Math.abs(next.at - layer) < Math.abs(best.at - layer) ? next : best),
      first,
    );
    // A gap is not filled with a neighbour's value.
    if (value === null || (ownLayers && at !== layer)) continue;
    valueAt.set(layer, textOf(value, standardError));
    if (!ownLayers) layerAt.set(layer, nearest.layer);
  }
  return { valueAt, layerAt };
}

/** The last value that is known, where the curve ends; null before there is one. */
export function lastValue(curve: Pick<PlotCurve, "points" | "ends">): number | null {
  return drawnPoints(curve).findLast(({ value }) => value !== null)?.value ?? null;
}

/** Returns what was recorded of curves with other settings, where nothing takes its place. */
export function beforeCurves(
  views: readonly PlottedCurve[],
  curves: readonly PlotCurve[],
  points: (view: PlottedCurve) => PlotCurve["points"],
): readonly PlotCurve[] {
  return views.flatMap((view) => {
    const curve = curves.find(({ index }) => index === view.index);
    if (!curve || view.before === null) return [];
    return beforeCurve(curve, view, points({ ...view, rows: view.before })) ?? [];
  });
}

/** @returns null where nothing is left of it */
function beforeCurve(
  curve: PlotCurve,
  { rows }: PlottedCurve,
  old: PlotCurve["points"],
): PlotCurve | null {
  const points = old.map((point, place) => {
    const isReplaced = curve.points[place]?.value !== null || rows[place]?.failure !== null;
    return { ...point, standardError: null, ...(isReplaced && { value: null }) };
  });
  if (points.every(({ value }) => value === null)) return null;
  return {
    index: curve.index,
    name: `${curve.name}, as recorded`,
    look: { ...curve.look, width: 1.5, dashes: "2 4" },
    marker: "none",
    ribbon: false,
    before: true,
    points,
  };
}

/** A curve's name is at the end of what was recorded while nothing else is known of it. */
export function withPlaceBefore(label: PlotLabel, before: readonly PlotCurve[]): PlotLabel {
  const old = label.value === null ? before.find(({ index }) => index === label.curve) : undefined;
  return old ? { ...label, name: old.name, value: lastValue(old) } : label;
}
