/** Scales of the plots: which values they hold, and which curves go on a strip of their own. */
import { mostSteps, roundStep } from "../../format/scale";

/** A curve as far as its scale is concerned. */
export interface ScaledCurve {
  /** Without gaps. */
  readonly values: readonly number[];
  /** Whether it may leave the scale to the others. */
  readonly control: boolean;
}

/** Controls more than this many times as far from 0 as everything else leave the scale. */
const farOff = 2.5;
/** In percentage points: noise about 0 does not fill the plot. */
const smallestSpan = 4;
/** Of the range, above and below. */
const padding = 0.04;

export interface PlotScale {
  readonly domain: readonly [low: number, high: number];
  readonly ticks: readonly number[];
}

/**
 * Returns, for each curve, whether it is far off the scale of the curves that the plot is about. One
 * that is not a control never is.
 *
 * @param reference values that the scale holds besides, such as a network's own error
 * @param highest what the scale holds at most; a control that is anywhere above leaves it
 */
export function farOffScale(
  curves: readonly ScaledCurve[],
  reference: readonly number[],
  highest: number | null = null,
): readonly boolean[] {
  const kept = curves.filter(({ control }) => !control).flatMap(({ values }) => values);
  if (kept.length === 0) return curves.map(() => false);
  const reach = Math.max(smallestSpan, ...[...kept, ...reference].map(Math.abs));
  return curves.map(
    ({ control, values }) =>
      control && Math.max(0, ...values.map(Math.abs)) > (highest ?? farOff * reach),
  );
}

/** Of the range, for the values that are written at the upper edge. */
export const edgeRoom = 0.08;

/**
 * Returns a scale that holds 0 and all values, a little room around them, and round ticks.
 *
 * @param edge whether values above it are written at its edge
 */
export function paddedScale(values: readonly number[], edge = false): PlotScale {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const span = Math.max(smallestSpan, high - low);
  const domain = [
    low - padding * span,
    low + (1 + padding + (edge ? edgeRoom : 0)) * span,
  ] as const;
  const step = roundStep(span / mostSteps);
  const first = Math.ceil(domain[0] / step);
  const last = Math.floor(domain[1] / step);
  return {
    domain,
    ticks: Array.from({ length: last - first + 1 }, (_, k) => (first + k) * step),
  };
}

/** Returns the domain of a strip, with room for dots as a whole and for numbers under the curves. */
export function stripDomain(values: readonly number[]): PlotScale["domain"] {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  return [low - (high - low), high + (high - low) / 5];
}
