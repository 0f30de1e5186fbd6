/** Rows as chart points; penalties in percentage points. */
import type { Row } from "../session/rows";

/** Null is a gap. */
export interface ChartPoint {
  readonly tap: number;
  readonly name: string;
  readonly penalty: number | null;
  readonly standardError: number | null;
  readonly leastSquares: number | null;
  readonly cka: number | null;
  /** CKA is known not to exist here. */
  readonly ckaUndefined: boolean;
}

/** One point for every layer of the axis, so that layers not asked for are gaps and not joined over. */
export function chartPoints(rows: readonly Row[], tapCount: number): readonly ChartPoint[] {
  const byTap = new Map(rows.map((row) => [row.tap, row]));
  return Array.from({ length: tapCount }, (_, tap) => {
    const row = byTap.get(tap);
    const { penalty = null, leastSquares = null, cka, name = "" } = row ?? {};
    return {
      tap,
      name,
      penalty: penalty && 100 * penalty.value,
      standardError: penalty && 100 * penalty.standardError,
      leastSquares: leastSquares && 100 * leastSquares.value,
      cka: cka?.status === "known" ? cka.value : null,
      ckaUndefined: cka?.status === "undefined",
    };
  });
}
