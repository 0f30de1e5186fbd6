/** Ends and ticks of a value axis. */

export interface Scale {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

/** At most this many steps, which leaves labels room on a phone. */
export const mostSteps = 6;

/**
 * A scale over round numbers that holds all values, zero, and at least `smallestSpan`, which keeps
 * noise about zero from filling the chart.
 */
export function roundScale(values: readonly number[], smallestSpan: number): Scale {
  const low = Math.min(0, ...values);
  const high = Math.max(0, low + smallestSpan, ...values);
  const step = roundStep((high - low) / mostSteps);
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  const ticks = Array.from({ length: last - first + 1 }, (_, k) => (first + k) * step);
  return { domain: [first * step, last * step], ticks };
}

/** The next of 1, 2, 5, 10, 20 … that is not smaller. */
export function roundStep(smallest: number): number {
  const power = 10 ** Math.floor(Math.log10(smallest));
  return (
    [1, 2, 5].map((factor) => factor * power).find((step) => step >= smallest * (1 - 1e-9)) ??
    10 * power
  );
}
