/** Axes of the inspector's charts. */
import { plainTick, scaledAxis } from "../../results/charts/axes";
import type { Axis } from "../../results/charts/description";
import { mostSteps, roundScale, roundStep } from "../../results/charts/scale";

/** An axis over round numbers. @param smallestSpan see `roundScale` */
export function valueAxis(
  values: readonly number[],
  smallestSpan: number,
  text: (value: number) => string,
): Axis {
  return scaledAxis(roundScale(values, smallestSpan), text);
}

/** An axis of counts, such as steps, from its first to its last. */
export function countAxis(first: number, last: number): Axis {
  const axis = scaledAxis({ domain: [first, last], ticks: countTicks(first, last) }, plainTick);
  return { ...axis, grid: false };
}

/** Both ends, and the round numbers between them that are not too near to an end. */
function countTicks(low: number, high: number): readonly number[] {
  if (high <= low) return [low];
  const step = Math.max(1, roundStep((high - low) / mostSteps));
  const [first, last] = [Math.ceil(low / step + 0.5), Math.floor(high / step - 0.5)];
  const between = Array.from({ length: last - first + 1 }, (_, k) => (first + k) * step);
  return [low, ...between, high];
}
