/**
 * A plot of the picture as an SVG file: title, plot with names at its curves, and source. Plain
 * text, without the page: its theme, its window and its style sheet have no part in it.
 */
import type { ColourRole } from "../format/colour-roles";
import {
  slotPercent,
  valuePercent,
  type LayerAxis,
  type LayerPlot,
  type LineLook,
  type PlotCurve,
  type PlotLabel,
} from "../picture/layer-plot";
import { nameParts } from "../picture/axis-names";
import { placeLabels } from "../picture/place-labels";
import { escaped, linesOf, tag, widthOf } from "./svg-text";

/** A picture as text, with its size in CSS pixels. */
export interface SvgPicture {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

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
  "control-curve": "#6b7280",
  "curve-1": "#7c3aed",
  "curve-2": "#be185d",
  "curve-3": "#4d7c0f",
  "curve-4": "#0369a1",
  "curve-5": "#a16207",
  "curve-6": "#57534e",
};

const width = 960;
const padding = 16;
const plotLeft = padding + 44;
const stripHeight = 48;
const namesHeight = 26;
const labelSize = 13;
const labelLine = 17;

/**
 * @param height of the plot in CSS pixels
 * @param source written at the bottom: where the plot can be had again
 */
export function chartSvg(
  plot: LayerPlot,
  axis: LayerAxis,
  height: number,
  source: string,
): SvgPicture {
  const names = [...plot.labels, ...(plot.strip?.labels ?? [])].map(({ name }) => name);
  const right =
    width - padding - 22 - Math.max(0, ...names.map((name) => widthOf(name, labelSize)));
  const frame = { left: plotLeft, right };
  const parts: string[] = [];
  let y = padding;
  const write = (words: string, size: number, look: object = {}): void => {
    for (const line of linesOf(words, width - 2 * padding, size)) {
      parts.push(
        tag("text", { x: padding, y: y + size, "font-size": size, ...look }, escaped(line)),
      );
      y += 1.45 * size;
    }
  };
  write(`${plot.title}${plot.meaning === "" ? "" : `: ${plot.meaning}`}`, 16, {
    fill: palette.ink,
    "font-weight": 600,
  });
  y += 8;
  if (plot.strip !== null) {
    const { domain, curves, labels } = plot.strip;
    parts.push(paintCurves(curves, axis, domain, { ...frame, top: y, bottom: y + stripHeight }));
    parts.push(paintStripValues(curves, axis, { ...frame, top: y, bottom: y + stripHeight }));
    parts.push(paintLabels(labels, domain, { ...frame, top: y, bottom: y + stripHeight }));
    y += stripHeight + 10;
  }
  const area = { ...frame, top: y, bottom: y + height };
  parts.push(
    paintScale(plot, area),
    paintNames(axis, area),
    paintCurves(plot.curves, axis, plot.domain, area),
    paintNotes(plot, axis, area),
    paintLabels(plot.labels, plot.domain, area),
  );
  y = area.bottom + namesHeight;
  write("Stitched after layer, from input to output", 13, { fill: palette.muted });
  write(source, 11, { fill: palette.muted });
  const whole = Math.ceil(y + padding);
  const text = tag(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height: whole,
      viewBox: `0 0 ${width} ${whole}`,
      "font-family": "Inter, system-ui, Helvetica, Arial, sans-serif",
      "font-size": 13,
    },
    tag("title", {}, escaped(plot.title)),
    tag("desc", {}, escaped(source)),
    tag("rect", { width: "100%", height: "100%", fill: palette.surface }),
    ...parts,
  );
  return { text, width, height: whole };
}

/** Edges of a plot in the file. */
interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function acrossOf(at: number, axis: LayerAxis, { left, right }: Frame): number {
  return left + (slotPercent(at, axis) / 100) * (right - left);
}

function downOf(value: number, domain: LayerPlot["domain"], { top, bottom }: Frame): number {
  return top + (valuePercent(value, domain) / 100) * (bottom - top);
}

function paintScale({ domain, ticks, levels, ranges }: LayerPlot, frame: Frame): string {
  const { left, right } = frame;
  const level = (value: number): number => downOf(value, domain, frame);
  return [
    ...ranges.flatMap(({ from, to, text }) => [
      tag("rect", {
        x: left,
        y: level(to),
        width: right - left,
        height: level(from) - level(to),
        fill: palette.grid,
        "fill-opacity": 0.55,
      }),
      tag(
        "text",
        { x: left + 4, y: level(to) + 14, "font-size": 12, fill: palette.muted },
        escaped(text),
      ),
    ]),
    ...ticks.flatMap(({ value, text }) => [
      paintLine(`M${left} ${fixed(level(value))}H${fixed(right)}`, { colour: "muted", width: 0.3 }),
      tag(
        "text",
        { x: left - 8, y: level(value) + 4.5, "text-anchor": "end", fill: palette.muted },
        escaped(text),
      ),
    ]),
    ...levels.map(({ value, look }) =>
      paintLine(`M${left} ${fixed(level(value))}H${fixed(right)}`, look),
    ),
  ].join("");
}

function paintNames(axis: LayerAxis, frame: Frame): string {
  return axis.names
    .map(({ at, text }) =>
      tag(
        "text",
        {
          x: acrossOf(at, axis, frame),
          y: frame.bottom + 18,
          "text-anchor": "middle",
          fill: palette.muted,
        },
        escaped(axis.slots > 12 ? nameParts(text)[1] : text),
      ),
    )
    .join("");
}

function paintCurves(
  curves: readonly PlotCurve[],
  axis: LayerAxis,
  domain: LayerPlot["domain"],
  frame: Frame,
): string {
  const x = (at: number): string => fixed(acrossOf(at, axis, frame));
  const y = (value: number): string => fixed(downOf(value, domain, frame));
  return curves
    .map(({ look, marker, ribbon, points }) => {
      const known = points.flatMap(({ at, value, standardError }) =>
        value === null ? [] : [{ at, value, error: standardError ?? 0 }],
      );
      const edge = [
        ...known.map(({ at, value, error }) => `${x(at)} ${y(value + error)}`),
        ...known.toReversed().map(({ at, value, error }) => `${x(at)} ${y(value - error)}`),
      ];
      const line = points
        .map(({ at, value }, k) => {
          if (value === null) return "";
          const begins = k === 0 || points[k - 1]?.value === null;
          return `${begins ? "M" : "L"}${x(at)} ${y(value)}`;
        })
        .join("");
      return [
        ribbon && edge.length > 0
          ? tag("path", {
              d: `M${edge.join("L")}Z`,
              fill: palette[look.colour],
              "fill-opacity": 0.18,
            })
          : "",
        paintLine(line, look),
        ...(marker === "none"
          ? []
          : known.map(({ at, value }) =>
              tag("circle", {
                cx: x(at),
                cy: y(value),
                r: marker === "ring" ? 3.2 : 4,
                fill: marker === "ring" ? palette.surface : palette[look.colour],
                stroke: palette[look.colour],
                "stroke-width": 1.5,
              }),
            )),
      ].join("");
    })
    .join("");
}

function paintStripValues([curve]: readonly PlotCurve[], axis: LayerAxis, frame: Frame): string {
  return (curve?.points ?? [])
    .flatMap(({ at, value }) =>
      value === null || axis.slots > 20
        ? []
        : [
            tag(
              "text",
              {
                x: acrossOf(at, axis, frame),
                y: frame.bottom - 2,
                "text-anchor": "middle",
                "font-size": 11,
                fill: palette["control-curve"],
              },
              String(Math.round(value)),
            ),
          ],
    )
    .join("");
}

function paintNotes({ notes, domain }: LayerPlot, axis: LayerAxis, frame: Frame): string {
  return notes
    .map(({ at, value, text, colour }) => {
      const share = slotPercent(at, axis);
      const anchor = share > 75 ? "end" : share < 25 ? "start" : "middle";
      const y = downOf(value, domain, frame);
      return tag(
        "text",
        {
          x: acrossOf(at, axis, frame),
          y: y - frame.top < 30 ? y + 22 : y - 12,
          "text-anchor": anchor,
          "font-weight": 600,
          fill: palette[colour],
        },
        escaped(text),
      );
    })
    .join("");
}

function paintLabels(
  labels: readonly PlotLabel[],
  domain: LayerPlot["domain"],
  { right, top, bottom }: Frame,
): string {
  const share = (100 * labelLine) / (bottom - top);
  const y = (percent: number): number => top + (percent / 100) * (bottom - top);
  return placeLabels(labels, domain, share)
    .map(({ label, from, at }) => {
      const leader =
        from === null
          ? ""
          : paintLine(`M${fixed(right)} ${fixed(y(from))}L${fixed(right + 14)} ${fixed(y(at))}`, {
              colour: label.colour,
              width: 1,
            });
      const text = { x: right + 18, y: y(at) + 4.5, "font-size": labelSize };
      return leader + tag("text", { ...text, fill: palette[label.colour] }, escaped(label.name));
    })
    .join("");
}

function paintLine(d: string, { colour, width: stroke, dashes }: LineLook): string {
  if (d === "") return "";
  const look = { fill: "none", stroke: palette[colour], "stroke-width": stroke };
  return tag("path", { d, ...look, "stroke-dasharray": dashes });
}

function fixed(value: number): string {
  return String(Math.round(10 * value) / 10);
}
