/**
 * A plot of the picture as an SVG file: title, plot with names at its curves, and source. Plain
 * text, without the page: its theme, its window and its style sheet have no part in it.
 */
import type { LayerAxis, LayerPlot } from "../picture/plots/layer-plot";
import { palette, type Frame } from "./svg-curves";
import { labelsWidth, paintPlot, paintStrip } from "./svg-plot";
import { escaped, linesOf, tag } from "./svg-text";

/** A picture as text, with its size in CSS pixels. */
export interface SvgPicture {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

const width = 960;
const padding = 16;
/** For the numbers of the scale. */
const scaleWidth = 52;
const stripHeight = 48;
const namesHeight = 26;

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
  const labels = [...plot.labels, ...(plot.strip?.labels ?? [])];
  const right = width - padding - labelsWidth(labels);
  const frameOf = (top: number, tall: number): Frame => ({
    left: padding + scaleWidth,
    right,
    top,
    bottom: top + tall,
  });
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
    parts.push(paintStrip(plot.strip, axis, frameOf(y, stripHeight)));
    y += stripHeight + 10;
  }
  parts.push(paintPlot(plot, axis, frameOf(y, height)));
  y += height + namesHeight;
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
