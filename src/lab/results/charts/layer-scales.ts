/** Scales of the two charts of layers. */
import type { LayerPoint, OtherCurve } from "./chart-data";
import { roundScale, type Scale } from "./scale";

/**
 * Holds every value, with the ends of the error bars.
 *
 * @param errorDifference the bottom's error minus the top's, in percentage points; null where it is
 *   not known
 */
export function penaltyScale(
  points: readonly LayerPoint[],
  others: readonly OtherCurve[],
  errorDifference: number | null,
): Scale {
  const smallestSpan = 5;
  const values = [
    ...points.flatMap(({ penalty, standardError, leastSquares }) => [
      ...barEnds(penalty, standardError),
      ...barEnds(leastSquares),
    ]),
    ...others.flatMap((curve) =>
      curve.points.flatMap(({ y, standardError }) => barEnds(y, standardError)),
    ),
    ...barEnds(errorDifference),
  ];
  return roundScale(values, smallestSpan);
}

function barEnds(value: number | null, standardError?: number | null): readonly number[] {
  return value === null ? [] : [value - (standardError ?? 0), value + (standardError ?? 0)];
}

/** From 0 to 1; a debiased measure of unrelated representations may fall a little below 0. */
export function similarityScale(
  points: readonly LayerPoint[],
  others: readonly OtherCurve[],
): Scale {
  const values = [
    ...points.map(({ similarity }) => similarity ?? 0),
    ...others.flatMap((curve) => curve.points.map(({ y }) => y ?? 0)),
  ];
  return values.some((value) => value < 0)
    ? { domain: [-0.5, 1], ticks: [-0.5, 0, 0.5, 1] }
    : { domain: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1] };
}
