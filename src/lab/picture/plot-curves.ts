/** What the plots of penalty and similarity have in common. */
import type { Row } from "../session/rows";
import type { PlottedCurve } from "./curve-views";
import type { LayerAxis, PlotCurve, PlotPoint } from "./plots/layer-plot";

export interface PlotData {
  readonly axis: LayerAxis;
  readonly curves: readonly PlottedCurve[];
  /** Indices of curves that the visitor has hidden. */
  readonly hidden: ReadonlySet<number>;
  /** Index of the curve that the picture is about. */
  readonly main: number;
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
    ...valueOf(row),
  }));
}

function placeOf(site: number, layers: number, slots: number): number {
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
 * Returns what a curve has at each layer of the axis, in words: its point there or, with a top of
 * another depth, the nearest one within half a layer.
 */
export function textsByLayer(
  { points }: Pick<PlotCurve, "points">,
  textOf: (value: number, standardError: number | null) => string,
): ReadonlyMap<number, string> {
  const offAxis = ({ at }: PlotPoint): number => Math.abs(at - Math.round(at));
  return new Map(
    points
      // The nearest last: it replaces the others.
      .toSorted((a, b) => offAxis(b) - offAxis(a))
      .flatMap(({ at, value, standardError }) =>
        value === null ? [] : [[Math.round(at), textOf(value, standardError)]],
      ),
  );
}

/** The last value that is known; null before there is one. */
export function lastValue({ points }: Pick<PlotCurve, "points">): number | null {
  return points.findLast(({ value }) => value !== null)?.value ?? null;
}
