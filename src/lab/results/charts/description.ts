/**
 * A chart as plain data. The picture of the first paint, recharts and the exported file draw from
 * this one value, so nothing in it depends on the window, the theme or the mode of the page.
 */

import type { ColourRole } from "../../format/colour-roles";

export { cssColour } from "../../format/colour-roles";

/** How a line and its points are drawn. */
export interface Look {
  readonly colour: ColourRole;
  /** Of the line, in CSS pixels. */
  readonly width: number;
  readonly dashes?: string;
  /** At every point; a number chooses one of `markerOutline`. */
  readonly marker?: "dot" | "ring" | number;
}

export interface Axis {
  /** At the left or bottom end first. */
  readonly domain: readonly [number, number];
  readonly ticks: readonly Tick[];
  /** Whether a line crosses the plot at every tick. */
  readonly grid: boolean;
  readonly title: string | null;
  /** When names such as "block 3" lose their word, and what then says so. */
  readonly shortNames?: ShortNames;
}

export interface Tick {
  readonly at: number;
  readonly text: string;
}

export interface ShortNames {
  readonly when: "narrow" | "always";
  readonly note: string | null;
}

export interface SeriesPoint {
  readonly x: number;
  /** Null is a gap. */
  readonly y: number | null;
  readonly standardError?: number | null;
  /** The site in its own curve, where it is one. */
  readonly site?: number;
}

/** A line through its points, a filled one, or bars from 0 to x at every y. */
export interface Series {
  readonly kind: "line" | "area" | "bars";
  readonly name: string;
  readonly look: Look;
  /** The curve of the experiment whose stitches its points are. */
  readonly curve?: number;
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

/** A curve's name next to the curve's end. */
export interface EndLabel {
  readonly text: string;
  readonly colour: ColourRole;
  /** Null until the curve has a value. */
  readonly y: number | null;
}

export interface LegendEntry {
  readonly name: string;
  readonly look: Look;
  /** The word of the glossary that explains it. */
  readonly term?: "standardError" | "leastSquares" | "chance";
  /** For a curve that can be taken out of the chart: its label, and whether it is in. */
  readonly toggle?: { readonly label: string; readonly shown: boolean };
}

/** A place that the pointer can rest on. */
export interface Position {
  readonly at: number;
  readonly title: string;
  /** What the tooltip says there. */
  readonly details: readonly string[];
}

export interface ChartDescription {
  readonly title: string;
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
  /** Empty where one curve is alone. */
  readonly ends: readonly EndLabel[];
  readonly legend: readonly LegendEntry[];
  /** In the order of the axis that is not of values. */
  readonly positions: readonly Position[];
}
