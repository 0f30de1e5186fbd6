/** A chart of the inspector as plain data, which recharts draws. */

import type { ColourRole } from "../../format/colour-roles";
import type { Scale } from "../../format/scale";

export { cssColour } from "../../format/colour-roles";

/** How a line and its points are drawn. */
export interface Look {
  readonly colour: ColourRole;
  /** Of the line, in CSS pixels. */
  readonly width: number;
  readonly dashes?: string;
  /** At every point. */
  readonly marker?: "dot";
}

export interface Axis {
  /** At the left or bottom end first. */
  readonly domain: readonly [number, number];
  readonly ticks: readonly Tick[];
  /** Whether a line crosses the plot at every tick. */
  readonly grid: boolean;
  readonly title: string | null;
}

export interface Tick {
  readonly at: number;
  readonly text: string;
}

export interface SeriesPoint {
  readonly x: number;
  /** Null is a gap. */
  readonly y: number | null;
}

/** A line through its points, a filled one, or bars from 0 to x at every y. */
export interface Series {
  readonly kind: "line" | "area" | "bars";
  readonly name: string;
  readonly look: Look;
  /**
   * In drawing order. A line with a dot, a ring or nothing at its points has one point for each
   * position.
   */
  readonly points: readonly SeriesPoint[];
}

/** A line across the whole plot, at one value of an axis. */
export interface ReferenceLine {
  readonly axis: "x" | "y";
  readonly at: number;
  readonly look: Look;
  /** Written at its upper end. */
  readonly text?: string;
}

export interface LegendEntry {
  readonly name: string;
  readonly look: Look;
}

/** A place that the pointer can rest on. */
export interface Position {
  readonly at: number;
  readonly title: string;
  /** What the tooltip says there. */
  readonly details: readonly string[];
}

export interface ChartDescription {
  /** For screen readers. */
  readonly ariaLabel: string;
  /** Of the drawing on the page, in CSS pixels, except in a presentation. */
  readonly height: number;
  readonly x: Axis;
  readonly y: Axis;
  /** Below the series. */
  readonly lines: readonly ReferenceLine[];
  /** In drawing order: the first curve lies above the others. */
  readonly series: readonly Series[];
  readonly legend: readonly LegendEntry[];
  /** In the order of the axis that is not of values. */
  readonly positions: readonly Position[];
}

/** An axis of round values. */
export function scaledAxis({ domain, ticks }: Scale, text: (value: number) => string): Axis {
  return { domain, ticks: ticks.map((at) => ({ at, text: text(at) })), grid: true, title: null };
}

/** With a real minus sign. */
export function plainTick(value: number): string {
  return String(value).replace("-", "−");
}
