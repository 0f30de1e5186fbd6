/**
 * One plot of the picture as plain data. The page and the exported file draw from this value, so
 * nothing in it depends on the window, the theme or the mode of the page.
 */
import type { Role } from "../../../experiment/events";
import type { ColourRole } from "../../format/colour-roles";
import { signed } from "../../format/numbers";
import type { Term } from "../../learn/glossary";

export interface PlotPoint {
  /** Place on the layer axis: 0 is the first layer of A. */
  readonly at: number;
  /** Null is a gap. */
  readonly value: number | null;
  readonly standardError: number | null;
  /** The site in the point's own curve. */
  readonly site: number;
  /** Its layer, for people. */
  readonly layer: string;
}

/** What a curve has at an end of the axis, where no stitch is. */
export type PlotEnd = Pick<PlotPoint, "at" | "standardError"> & { readonly value: number };

/** How a line looks. */
export interface LineLook {
  readonly colour: ColourRole;
  /** In CSS pixels. */
  readonly width: number;
  readonly dashes?: string;
}

export interface PlotCurve {
  /** Whether it was recorded with other settings than those of the experiment. */
  readonly before?: boolean;
  /** Index among the experiment's curves. */
  readonly index: number;
  /** For people: "another seed". */
  readonly name: string;
  readonly look: LineLook;
  /**
   * `ring` for a stitch that was not trained or a probe of all positions, `none` for a reference and
   * for what was before.
   */
  readonly marker: "dot" | "ring" | "none";
  /** Whether a ribbon shows one standard error to either side. */
  readonly ribbon: boolean;
  readonly points: readonly PlotPoint[];
  /** Half a slot before the first layer and after the last; absent where the curve has none. */
  readonly ends?: readonly PlotEnd[];
}

/** Points and ends, from left to right. */
export function drawnPoints({
  points,
  ends = [],
}: Pick<PlotCurve, "points" | "ends">): readonly (PlotPoint | PlotEnd)[] {
  return [...ends.filter(({ at }) => at < 0), ...points, ...ends.filter(({ at }) => at >= 0)];
}

/** A name at the right edge of a plot, at the height of what it names. */
export interface PlotLabel {
  readonly name: string;
  /** Networks and settings, in full. */
  readonly title: string;
  readonly colour: ColourRole;
  /** Height at which it is wanted; null below everything that has one. */
  readonly value: number | null;
  /** What the curve has at each layer of the axis; null for a reference line. */
  readonly valueAt: ReadonlyMap<number, string> | null;
  /** By layer of the axis, the layer of its own whose value that is, where it is another one. */
  readonly layerAt?: ReadonlyMap<number, string>;
  /** Index among the experiment's curves; null for a reference line. */
  readonly curve: number | null;
  /** What the name means, of a reference line. */
  readonly term?: Term;
}

/** A few words at a point. */
export interface PlotNote {
  readonly at: number;
  readonly value: number;
  readonly text: string;
  readonly colour: ColourRole;
}

/** A horizontal reference line. */
export interface PlotLevel {
  readonly value: number;
  readonly look: LineLook;
}

/** A quiet range of values, such as what the paper reports. */
export interface PlotRange {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** In percent of the plot's width. */
  readonly left: number;
  readonly right: number;
}

/** A quiet area at each layer, such as what is due to chance. */
export interface PlotBand {
  readonly points: readonly {
    readonly at: number;
    /** Null is a gap. */
    readonly between: readonly [low: number, high: number] | null;
  }[];
}

/** Values above the scale, written at its edge. */
export interface PlotBeyond {
  readonly at: number;
  /** Largest first. */
  readonly values: readonly { readonly text: string; readonly colour: ColourRole }[];
}

export interface Tick {
  readonly value: number;
  readonly text: string;
}

/** Curves that are far off the scale, on a thin scale of their own. */
export interface PlotStrip {
  readonly domain: readonly [low: number, high: number];
  readonly curves: readonly PlotCurve[];
  readonly labels: readonly PlotLabel[];
}

export interface LayerPlot {
  readonly title: string;
  /** What the numbers mean, in a few words. */
  readonly meaning: string;
  readonly domain: readonly [low: number, high: number];
  readonly ticks: readonly Tick[];
  readonly levels: readonly PlotLevel[];
  readonly ranges: readonly PlotRange[];
  /** Absent where there is none. */
  readonly band?: PlotBand;
  readonly beyond: readonly PlotBeyond[];
  /** In drawing order: the main curve lies above the others. */
  readonly curves: readonly PlotCurve[];
  readonly labels: readonly PlotLabel[];
  readonly notes: readonly PlotNote[];
  readonly strip: PlotStrip | null;
}

/** The layers that all plots of a picture share: one slot of equal width for each layer of A. */
export interface LayerAxis {
  readonly slots: number;
  /** Names of some of them; of a deep network only every second, third, and so on. */
  readonly names: readonly { readonly at: number; readonly text: string }[];
  /** Which networks alone have their names at the ends: A at the left, B at the right. */
  readonly ends?: readonly Role[];
}

/** Middle of a slot, in percent of the plot's width. */
export function slotPercent(at: number, { slots }: LayerAxis): number {
  return (100 * (at + 0.5)) / slots;
}

/** Height of a value, in percent of the plot's height from its top. */
export function valuePercent(value: number, [low, high]: readonly [number, number]): number {
  return (100 * (high - value)) / (high - low);
}

/** Whether a curve is drawn as far as the scale goes. */
export function leavesScale(
  { marker, points }: Pick<PlotCurve, "marker" | "points">,
  [, high]: readonly [number, number],
): boolean {
  return marker === "ring" || points.some(({ value }) => value !== null && value > high);
}

/** More numbers than these do not fit side by side. */
const mostNumbers = 20;

/** What a strip says at its left: that its scale is its own, and from where to where it goes. */
export function stripWords({ curves }: PlotStrip): readonly string[] {
  const values = curves.flatMap(({ points }) => points.flatMap(({ value }) => value ?? []));
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const text = (value: number): string => signed(Math.round(value)).replace("+", "");
  return ["own", "scale", `${text(low)} to ${text(high)}`];
}

/** Numbers next to triangles do not fit side by side on a narrow screen if there are more. */
const mostTriangles = 10;

/** A strip's curves as numbers: each curve's values, or every second, third and so on of many. */
export function stripRows({ curves }: PlotStrip): readonly (Pick<
  PlotCurve,
  "index" | "name" | "look"
> & {
  readonly values: readonly { readonly at: number; readonly value: number }[];
})[] {
  return curves.map(({ index, name, look, points }) => {
    const every = Math.ceil(points.length / mostTriangles);
    const values = points
      .filter((_, place) => place % every === 0)
      .flatMap(({ at, value }) => (value === null ? [] : [{ at, value }]));
    return { index, name, look, values };
  });
}

/** Numbers written into a strip: its first curve's values, or every fourth of very many. */
export function stripValues({ curves: [curve] }: PlotStrip): readonly {
  readonly at: number;
  readonly value: number;
}[] {
  const points = curve?.points ?? [];
  return points
    .filter((_, place) => points.length <= mostNumbers || place % 4 === 0)
    .flatMap(({ at, value }) => (value === null ? [] : [{ at, value }]));
}
