/** Colours, places and curves of a plot as text of an SVG. */
import { wordsColour, type ColourRole } from "../../../format/colour-roles";
import { curvePaths } from "../../../picture/plots/curve-paths";
import {
  leavesScale,
  slotPercent,
  valuePercent,
  type LayerAxis,
  type LayerPlot,
  type LineLook,
  type PlotCurve,
} from "../../../picture/plots/layer-plot";
import { tag } from "./svg-text";

/** The light theme of src/lab/ui/tokens.css. */
export const palette: Readonly<Record<ColourRole | "surface" | "grid" | "line", string>> = {
  surface: "#ffffff",
  ink: "#1b2026",
  muted: "#55606c",
  grid: "#e6e9ed",
  line: "#d8dde2",
  bottom: "#1d4ed8",
  top: "#b45309",
  stitch: "#0f766e",
  "stitch-light": "#4f9a93",
  similarity: "#475569",
  "control-curve": "#6b7280",
  "curve-1": "#6d28d9",
  "curve-2": "#d3175e",
  "curve-3": "#3f6212",
  "curve-4": "#0369a1",
  "curve-5": "#6f1420",
  "curve-6": "#a821b5",
};

/** Edges of a plot in the file. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export function acrossOf(at: number, axis: LayerAxis, { left, right }: Frame): number {
  return left + (slotPercent(at, axis) / 100) * (right - left);
}

export function downOf(value: number, domain: LayerPlot["domain"], { top, bottom }: Frame): number {
  return top + (valuePercent(value, domain) / 100) * (bottom - top);
}

export function paintCurves(
  curves: readonly PlotCurve[],
  axis: LayerAxis,
  domain: LayerPlot["domain"],
  frame: Frame,
  lines: number,
): string {
  // Very many dots become small rather than one band.
  const most = Math.max(1, ...curves.map(({ points }) => points.length));
  const radius = Math.max(0.8, Math.min(4 * lines, (0.3 * (frame.right - frame.left)) / most));
  return curves
    .map((curve) => {
      const { look, marker, ribbon } = curve;
      const paths = curvePaths(curve, {
        x: (at) => fixed(acrossOf(at, axis, frame)),
        y: (value) => fixed(downOf(value, domain, frame)),
      });
      const colour = palette[look.colour];
      const parts = [
        ribbon ? tag("path", { d: paths.ribbon, fill: colour, "fill-opacity": 0.18 }) : "",
        paintLine(paths.line, look, lines),
        ...(marker === "none" ? [] : paths.dots).map(({ x, y }) =>
          tag("circle", {
            cx: x,
            cy: y,
            r: marker === "ring" ? 0.8 * radius : radius,
            fill: marker === "ring" ? palette.surface : colour,
            stroke: colour,
            "stroke-width": 1.5 * lines,
          }),
        ),
      ].join("");
      return leavesScale(curve, domain) ? clipped(parts, frame) : parts;
    })
    .join("");
}

/** Without what leaves the scale. */
function clipped(content: string, { left, right, top, bottom }: Frame): string {
  const [width, height] = [right - left, bottom - top];
  const box = { x: left, y: top, width, height };
  const places = [left, top, width, height].map(fixed).join(" ");
  return tag("svg", { ...box, viewBox: places }, content);
}

/** @param lines how wide a pixel of the page's lines is */
export function paintLine(
  d: string,
  { colour, width: stroke, dashes }: LineLook,
  lines: number,
): string {
  if (d === "") return "";
  const lengths = dashes?.split(" ").map((length) => fixed(Number(length) * lines));
  return tag("path", {
    d,
    fill: "none",
    stroke: palette[colour],
    "stroke-width": stroke * lines,
    "stroke-dasharray": lengths?.join(" "),
  });
}

/** Colour of words about a line. */
export function inkOf(role: ColourRole): string | undefined {
  return palette[wordsColour(role)];
}

export function fixed(value: number): string {
  return String(Math.round(10 * value) / 10);
}
