/** Where a curve says most: where it costs most, or, if it helps more than it costs, where it helps most. */
import type { Row } from "../../session/results/rows";

interface Known {
  /** In points. */
  readonly value: number;
}

/**
 * @param known at least one
 * @param zero the value that costs nothing
 */
export function tellingPoint<Point extends Known>(
  known: readonly Point[],
  zero: number,
): Point & { readonly helps: boolean } {
  const [first, ...rest] = known;
  if (!first) throw new RangeError("points: expected at least one, found none");
  const most = rest.reduce((a, b) => (b.value > a.value ? b : a), first);
  const least = rest.reduce((a, b) => (b.value < a.value ? b : a), first);
  const helps = zero - least.value > Math.max(2, most.value - zero);
  return { ...(helps ? least : most), helps };
}

/** The site of a complete curve where it says most; null while any layer is unknown. */
export function tellingLayer(rows: readonly Row[]): number | null {
  const known = rows.flatMap(({ site, penalty }) =>
    penalty === null ? [] : [{ site, value: 100 * penalty.value }],
  );
  const unknown = rows.filter(({ penalty, failure }) => penalty === null && failure === null);
  return unknown.length > 0 || known.length < 2 ? null : tellingPoint(known, 0).site;
}
