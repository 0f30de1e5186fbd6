/** The middle of several measurements and how far they lie apart. */

export interface Spread {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

/** @throws RangeError without values */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  const lowest = sorted[0];
  const highest = sorted.at(-1);
  if (median === undefined || lowest === undefined || highest === undefined) {
    throw new RangeError("values: expected at least one, found none");
  }
  return { median, lowest, highest };
}

/** "12.3 (11.9–14.0)" */
export function formatSpread({ median, lowest, highest }: Spread, digits = 1): string {
  return `${median.toFixed(digits)} (${lowest.toFixed(digits)}–${highest.toFixed(digits)})`;
}
