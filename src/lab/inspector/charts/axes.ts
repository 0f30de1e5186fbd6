/** Axes of a chart's description: round values. */
import type { Axis } from "./description";
import type { Scale } from "../../format/scale";

export function scaledAxis({ domain, ticks }: Scale, text: (value: number) => string): Axis {
  return { domain, ticks: ticks.map((at) => ({ at, text: text(at) })), grid: true, title: null };
}

/** With a real minus sign. */
export function plainTick(value: number): string {
  return String(value).replace("-", "−");
}
