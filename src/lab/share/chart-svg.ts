/**
 * A chart's description as an SVG file: title, plot, legend and source. Plain text to plain text,
 * without the page: its theme, its window and its style sheet have no part in it.
 */
import { nameParts } from "../results/charts/axes";
import type { Axis, ChartDescription, LegendEntry } from "../results/charts/description";
import { paintLegendKey, paintPlot, palette, type Frame } from "./chart-svg-plot";
import { chartMargin, pageSizes } from "../results/charts/layout";
import { escaped, linesOf, tag, widthOf } from "./svg-text";

/** A picture as text, with its size in CSS pixels. */
export interface SvgPicture {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

const width = 960;
const padding = 16;
const inside = width - 2 * padding;
const titleHeight = 28;
const lineHeight = 20;
const keyWidth = 34;

/** @param source written at the bottom: where the chart can be had again */
export function chartSvg(chart: ChartDescription, source: string): SvgPicture {
  const parts: string[] = [];
  let y = padding;
  /** Adds lines of text below what there is. */
  const write = (words: string, x: number, size: number, step: number, look = {}): void => {
    for (const line of linesOf(words, width - padding - x, size)) {
      const at = { x, y: y + size + 1, "font-size": size, fill: palette.ink };
      parts.push(tag("text", { ...at, ...look }, escaped(line)));
      y += step;
    }
  };
  write(chart.title, padding, 16, titleHeight, { "font-weight": 600 });

  const frame = frameOf(chart, y);
  const x = withShortNames(chart.x);
  parts.push(paintPlot({ ...chart, x }, frame));
  y += chart.height;
  if (x.title !== null) write(x.title, frame.left, 13, lineHeight, { fill: palette.muted });
  for (const entry of chart.legend.filter(isShown)) {
    parts.push(paintLegendKey(entry.look, padding + 13, y + lineHeight / 2));
    write(entry.name, padding + keyWidth, 13, lineHeight);
  }
  y += 4;
  write(source, padding, 11, 15, { fill: palette.muted });
  const height = y + padding;

  const text = tag(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      "font-family": "Inter, system-ui, Helvetica, Arial, sans-serif",
      "font-size": 13,
    },
    tag("title", {}, escaped(chart.title)),
    tag("desc", {}, escaped(source)),
    tag("rect", { width: "100%", height: "100%", fill: palette.surface }),
    ...parts,
  );
  return { text, width, height };
}

/** A curve that is taken out of the chart is in neither. */
function isShown({ toggle }: LegendEntry): boolean {
  return toggle?.shown !== false;
}

/** Where the plot is, below what ends at `top`. */
function frameOf({ y, ends, height, lines }: ChartDescription, top: number): Frame {
  const longest = Math.max(0, ...y.ticks.map(({ text }) => widthOf(text, 13)));
  const right = ends.length > 0 ? pageSizes.labelsWidth : chartMargin.right;
  const forText = lines.some(({ text }) => text !== undefined) ? 10 : 0;
  return {
    left: padding + Math.max(pageSizes.valueAxisWidth, longest + 10),
    right: padding + inside - right,
    top: top + chartMargin.top + forText,
    bottom: top + height - chartMargin.bottom - pageSizes.namesHeight,
  };
}

/** In a file there is room for names that only a narrow page shortens. */
function withShortNames(axis: Axis): Axis {
  const { shortNames, ticks, title } = axis;
  if (shortNames?.when !== "always") return axis;
  return {
    ...axis,
    ticks: ticks.map(({ at, text }) => ({ at, text: nameParts(text)[1] })),
    title: [title, shortNames.note].filter((part) => part !== null).join(" "),
  };
}
