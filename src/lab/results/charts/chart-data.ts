/** Rows as chart points; penalties in percentage points. */
import type { Row } from "../../session/rows";
import type { OtherCurve } from "./OtherCurves";

/** A curve beside the first one. */
export interface OtherRows {
  readonly label: string;
  readonly rows: readonly Row[];
  /** Taps of its top, which need not be as many as the axis has. */
  readonly tapCount: number;
}

/** Null is a gap. */
export interface ChartPoint {
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

/** One point for every layer of the axis; that of a layer that was not asked for has no name. */
export function chartPoints(
  rows: readonly Row[],
  tapCount: number,
  chance: readonly (number | null)[] = [],
): readonly ChartPoint[] {
  const byTap = new Map(rows.map((row) => [row.site, row]));
  return Array.from({ length: tapCount }, (_, site) => {
    const row = byTap.get(site);
    const { penalty = null, leastSquares = null, similarity, name = "" } = row ?? {};
    return {
      site,
      name,
      penalty: penalty && 100 * penalty.value,
      standardError: penalty && 100 * penalty.standardError,
      leastSquares: leastSquares && 100 * leastSquares.value,
      similarity: similarity?.status === "known" ? similarity.value : null,
      similarityUndefined: similarity?.status === "undefined",
      chance: row ? (chance[site] ?? null) : null,
    };
  });
}

/** Those that the experiment asks for. A line joins neighbours among them: a gap is a layer that has no value yet. */
export function pointsAsked(points: readonly ChartPoint[]): ChartPoint[] {
  return points.filter(({ name }) => name !== "");
}

/** @param axisCount layers of the axis, over which a network of another depth is spread evenly */
export function otherPenalties(others: readonly OtherRows[], axisCount: number): OtherCurve[] {
  return others.map(({ label, rows, tapCount }, index) => ({
    ...{ label, index },
    points: rows.map(({ site, penalty, leastSquares }) => {
      const found = penalty ?? leastSquares;
      if (found === null) return null;
      const standardError = 100 * found.standardError;
      const at = placeOf(site, tapCount, axisCount);
      return { site, at, value: 100 * found.value, standardError };
    }),
  }));
}

export function otherSimilarities(others: readonly OtherRows[], axisCount: number): OtherCurve[] {
  return others.map(({ label, rows, tapCount }, index) => ({
    ...{ label, index },
    points: rows.map(({ site, similarity }) =>
      similarity.status === "known"
        ? {
            site,
            at: placeOf(site, tapCount, axisCount),
            value: similarity.value,
            standardError: null,
          }
        : null,
    ),
  }));
}

/** The first layer stands above the first, the last above the last. */
export function placeOf(site: number, tapCount: number, axisCount: number): number {
  return tapCount < 2 ? 0 : (site * (axisCount - 1)) / (tapCount - 1);
}
