/** Scales of the two charts of layers. */
import type { ChartPoint } from "./chart-data";
import type { OtherCurve } from "./OtherCurves";
import { roundScale, type Scale } from "./scale";

/**
 * Holds every value, with the ends of the error bars.
 *
 * @param errorDifference the bottom's error minus the top's, in percentage points; null where it is not known
 */
export function penaltyScale(
  points: readonly ChartPoint[],
  others: readonly OtherCurve[],
  errorDifference: number | null,
): Scale {
  const ends = others.flatMap((curve) =>
    curve.points.flatMap((point) =>
      point === null
        ? []
        : [point.value - (point.standardError ?? 0), point.value + (point.standardError ?? 0)],
    ),
  );
  const values = points.flatMap(({ penalty, standardError, leastSquares }) => [
    ...(penalty === null ? [] : [penalty - (standardError ?? 0), penalty + (standardError ?? 0)]),
    ...(leastSquares === null ? [] : [leastSquares]),
  ]);
  const smallestSpan = 5;
  return roundScale(
    [...values, ...ends, ...(errorDifference === null ? [] : [errorDifference])],
    smallestSpan,
  );
}

/** From 0 to 1; a debiased measure of unrelated representations may fall a little below 0. */
export function similarityScale(
  points: readonly ChartPoint[],
  others: readonly OtherCurve[],
): Scale {
  const values = [
    ...points.map(({ similarity }) => similarity ?? 0),
    ...others.flatMap((curve) => curve.points.map((point) => point?.value ?? 0)),
  ];
  return values.some((value) => value < 0)
    ? { domain: [-0.5, 1], ticks: [-0.5, 0, 0.5, 1] }
    : { domain: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1] };
}
