/** The plot of a chart as SVG: grid, axes, reference lines, series and the names at their ends. */
import { linePath, markerEdge, markerOutline, markerRadius } from "../results/charts/curves";
import type {
  ChartDescription,
  ColourRole,
  Look,
  ReferenceLine,
  Series,
} from "../results/charts/description";
import { placeLabels } from "../results/charts/end-labels";
import { pageSizes, valuePadding } from "../results/charts/layout";
import { escaped, tag } from "./svg-text";

/** The light theme of src/lab/ui/tokens.css. */
export const palette: Readonly<Record<ColourRole | "surface" | "grid", string>> = {
  surface: "#ffffff",
  ink: "#1b2026",
  muted: "#55606c",
  grid: "#e6e9ed",
  bottom: "#1d4ed8",
  top: "#b45309",
  stitch: "#0f766e",
  "stitch-light": "#4f9a93",
  similarity: "#475569",
  "curve-1": "#7c3aed",
  "curve-2": "#be185d",
  "curve-3": "#4d7c0f",
  "curve-4": "#0369a1",
  "curve-5": "#a16207",
  "curve-6": "#57534e",
};

/** Edges of the plot in the file. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface Scales {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

export function paintPlot(chart: ChartDescription, frame: Frame): string {
  const scales = scalesOf(chart, frame);
  return [
    paintAxes(chart, frame, scales),
    ...chart.lines.map((line) => paintReference(line, frame, scales)),
    ...chart.series.map((series) => paintSeries(series, scales)),
    paintEnds(chart, frame, scales),
  ].join("");
}

/** A legend's line, with its middle at x and y. */
export function paintLegendKey(look: Look, x: number, y: number): string {
  const marker = typeof look.marker === "number" ? paintMarker(look, x, y) : "";
  return paintLine(`M${x - 13} ${y}h26`, look) + marker;
}

function scalesOf({ x, y }: ChartDescription, { left, right, top, bottom }: Frame): Scales {
  const [low, high] = [bottom - valuePadding, top + valuePadding];
  return {
    x: (value) => left + (share(value, x.domain) || 0) * (right - left),
    y: (value) => low + share(value, y.domain) * (high - low),
  };
}

function share(value: number, [from, to]: readonly [number, number]): number {
  return to === from ? 0 : (value - from) / (to - from);
}

function paintAxes({ x, y }: ChartDescription, frame: Frame, scales: Scales): string {
  const { left, right, top, bottom } = frame;
  const line = { stroke: palette.grid, "stroke-width": 1 };
  const text = { fill: palette.muted };
  return [
    ...x.ticks.map(({ at, text: name }) => {
      const place = scales.x(at);
      const middle = { x: place, y: bottom + pageSizes.namesDrop + 8, "text-anchor": "middle" };
      return (
        (x.grid ? tag("line", { x1: place, x2: place, y1: top, y2: bottom, ...line }) : "") +
        tag("text", { ...middle, ...text }, escaped(name))
      );
    }),
    ...y.ticks.map(({ at, text: name }) => {
      const place = scales.y(at);
      const end = { x: left - 8, y: place + 4.5, "text-anchor": "end" };
      return (
        (y.grid ? tag("line", { x1: left, x2: right, y1: place, y2: place, ...line }) : "") +
        tag("text", { ...end, ...text }, escaped(name))
      );
    }),
  ].join("");
}

function paintReference({ axis, at, look, text }: ReferenceLine, frame: Frame, { x, y }: Scales) {
  const { left, right, top, bottom } = frame;
  const path =
    axis === "x"
      ? `M${rounded(x(at))} ${rounded(top)}V${rounded(bottom)}`
      : `M${rounded(left)} ${rounded(y(at))}H${rounded(right)}`;
  const name = { x: x(at), y: top - 5, "text-anchor": "middle", "font-size": 12 };
  return (
    paintLine(path, look) +
    (text === undefined ? "" : tag("text", { ...name, fill: palette.muted }, escaped(text)))
  );
}

function paintSeries(series: Series, { x, y }: Scales): string {
  const { kind, look, points } = series;
  const colour = palette[look.colour];
  if (kind === "bars") {
    const height = 0.8 * Math.abs(y(1) - y(0));
    return points
      .map((point) => {
        const [from, to] = [x(0), x(point.x)];
        const box = { x: Math.min(from, to), width: Math.abs(to - from), height };
        return tag("rect", { ...box, y: y(point.y ?? 0) - height / 2, fill: colour });
      })
      .join("");
  }
  const path = linePath(
    points.map((point) => (point.y === null ? null : [round(x(point.x)), round(y(point.y))])),
  );
  const [first, last] = [points[0], points.at(-1)];
  const ground =
    kind === "area" && first && last
      ? tag("path", {
          d: `${path}V${rounded(y(0))}H${rounded(x(first.x))}Z`,
          fill: colour,
          "fill-opacity": 0.15,
        })
      : "";
  const marks = points.map((point) => {
    if (point.y === null) return "";
    const [at, value, error] = [x(point.x), point.y, point.standardError ?? 0];
    return (
      (error > 0 ? paintErrorBar(look, at, y(value - error), y(value + error)) : "") +
      paintMarker(look, at, y(value))
    );
  });
  return ground + paintLine(path, look) + marks.join("");
}

/** Those of the first curve have ends; those of others would hide behind their markers. */
function paintErrorBar({ colour, marker }: Look, x: number, low: number, high: number): string {
  const ends = typeof marker === "number" ? "" : barEnd(x, low) + barEnd(x, high);
  return tag("path", {
    d: `M${rounded(x)} ${rounded(low)}V${rounded(high)}${ends}`,
    fill: "none",
    stroke: palette[colour],
    "stroke-width": typeof marker === "number" ? 1.5 : 2,
  });
}

function barEnd(x: number, y: number): string {
  return `M${rounded(x - 5)} ${rounded(y)}h10`;
}

function paintLine(d: string, { colour, width, dashes }: Look): string {
  if (d === "") return "";
  const look = { fill: "none", stroke: palette[colour], "stroke-width": width };
  return tag("path", { d, ...look, "stroke-dasharray": dashes });
}

function paintMarker({ colour, marker }: Look, x: number, y: number): string {
  const own = palette[colour];
  if (marker === undefined) return "";
  if (marker === "dot") return tag("circle", { cx: x, cy: y, r: 4, fill: own });
  if (marker === "ring") {
    const look = { fill: palette.surface, stroke: own, "stroke-width": 2 };
    return tag("circle", { cx: x, cy: y, r: 4, ...look });
  }
  return tag("path", {
    d: markerOutline(marker),
    transform: `translate(${rounded(x)} ${rounded(y)}) scale(${markerRadius})`,
    fill: own,
    stroke: own,
    "stroke-width": markerEdge,
  });
}

function paintEnds({ ends }: ChartDescription, { right, top, bottom }: Frame, { y }: Scales) {
  const plot = { right, top, bottom, y, lineHeight: pageSizes.lineHeight };
  return placeLabels(ends, plot)
    .map(({ colour, leader, lines }) =>
      [
        tag("path", { d: leader, fill: "none", stroke: palette[colour] }),
        ...lines.map((line) =>
          tag(
            "text",
            { x: line.x, y: line.y, "font-size": 12, fill: palette[colour] },
            escaped(line.text),
          ),
        ),
      ].join(""),
    )
    .join("");
}

function round(value: number): number {
  return Math.round(100 * value) / 100;
}

function rounded(value: number): string {
  return String(round(value));
}
