/** What the charts' axes have in common. */
import { roundScale, type Scale } from "./scale";

/** Around a drawing. */
export const chartMargin = { top: 8, right: 12, bottom: 4, left: 0 };

/** Numbers or names alone: the grid says the rest. */
export const bareAxis = { axisLine: false, tickLine: false } as const;

/** Room for half a dot, or a bar's end, at the ends of a value axis. */
export const valuePadding = 6;

/** Properties of an axis of values. See `roundScale` for the parameters. */
export function valueAxis(values: readonly number[], smallestSpan: number) {
  return scaledAxis(roundScale(values, smallestSpan));
}

export function scaledAxis({ domain, ticks }: Scale) {
  return { ...bareAxis, domain: [...domain], ticks: [...ticks] };
}

/** A number of percentage points, with its sign. */
export function signedTick(value: number): string {
  const text = String(Math.abs(value));
  return value < 0 ? `−${text}` : value > 0 ? `+${text}` : "0";
}

/** A similarity, with a real minus sign. */
export function plainTick(value: number): string {
  return String(value).replace("-", "−");
}
