/** Rows as points of the charts of layers; penalties in percentage points. */
import type { Row } from "../../session/rows";
import type { SeriesPoint } from "./description";

/** A curve after the first one. */
export interface OtherRows {
  readonly label: string;
  readonly rows: readonly Row[];
  /** Taps of its top, which need not be as many as the axis has. */
  readonly tapCount: number;
}

/** Null is a gap. */
export interface LayerPoint {
  readonly site: number;
  readonly name: string;
  readonly penalty: number | null;
  readonly standardError: number | null;
  readonly leastSquares: number | null;
  readonly similarity: number | null;
  /** It is known not to exist here. */
  readonly similarityUndefined: boolean;
  /** What the measure gives representations that have nothing in common. */
  readonly chance: number | null;
}

/** A curve after the first one, drawn on the first one's axis. */
export interface OtherCurve {
  readonly label: string;
  /** Place among the others, which decides hue and marker. */
  readonly index: number;
  /** In the order of the layers. */
  readonly points: readonly SeriesPoint[];
}

/** One point for every layer of the axis; that of a layer that was not asked for has no name. */
export function layerPoints(
  rows: readonly Row[],
  tapCount: number,
  chance: readonly (number | null)[] = [],
): readonly LayerPoint[] {
  const byTap = new Map(rows.map((row) => [row.site, row]));
  return Array.from({ length: tapCount }, (_, site) => {
    const row = byTap.get(site);
    const { penalty = null, leastSquares = null, similarity, name = "" } = row ?? {};
    return {
      site,
      name,
      penalty: penalty && 100 * penalty.value,
      standardError: inPoints(penalty?.standardError),
      leastSquares: leastSquares && 100 * leastSquares.value,
      similarity: similarity?.status === "known" ? similarity.value : null,
      similarityUndefined: similarity?.status === "undefined",
      chance: row ? (chance[site] ?? null) : null,
    };
  });
}

function inPoints(fraction: number | null | undefined): number | null {
  return typeof fraction === "number" ? 100 * fraction : null;
}

/**
 * Those that the experiment asks for. A line joins neighbours among them: a gap is a layer that has
 * no value yet.
 */
export function pointsAsked(points: readonly LayerPoint[]): LayerPoint[] {
  return points.filter(({ name }) => name !== "");
}

/** @param axisCount layers of the axis, over which a network of another depth is spread evenly */
export function otherPenalties(others: readonly OtherRows[], axisCount: number): OtherCurve[] {
  return curvesOnAxis(others, axisCount, ({ penalty, leastSquares }) => {
    const found = penalty ?? leastSquares;
    return found && { y: 100 * found.value, standardError: inPoints(found.standardError) };
  });
}

export function otherSimilarities(others: readonly OtherRows[], axisCount: number): OtherCurve[] {
  return curvesOnAxis(others, axisCount, ({ similarity }) =>
    similarity.status === "known" ? { y: similarity.value } : null,
  );
}

/** @param valueOf null for a gap */
function curvesOnAxis(
  others: readonly OtherRows[],
  axisCount: number,
  valueOf: (row: Row, place: number, curve: number) => Omit<SeriesPoint, "x"> | null,
): OtherCurve[] {
  return others.map(({ label, rows, tapCount }, index) => ({
    label,
    index,
    points: rows.map((row, place) => ({
      site: row.site,
      x: placeOf(row.site, tapCount, axisCount),
      ...(valueOf(row, place, index) ?? { y: null }),
    })),
  }));
}

/** The first layer is drawn at the first, the last at the last. */
function placeOf(site: number, tapCount: number, axisCount: number): number {
  return tapCount < 2 ? 0 : (site * (axisCount - 1)) / (tapCount - 1);
}
