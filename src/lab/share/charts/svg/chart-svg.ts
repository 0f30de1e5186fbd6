/**
 * Plots of the picture as one SVG file: headings, plots with names at their curves on one layer
 * axis, and a caption. Plain text, without the page: its theme, its window and its style sheet have
 * no part in it.
 */
import type { LayerAxis, LayerPlot } from "../../../picture/plots/layer-plot";
import { lengthOf, type FigureSize, type SvgPicture } from "../figure-size";
import { inkOf, palette, type Frame } from "./svg-curves";
import { layerNames, namesHeight, namesWidth } from "./svg-names";
import { paintPlot, paintStrip, scaleWidth } from "./svg-plot";
import { escaped, linesOf, tag } from "./svg-text";

export interface Chart {
  /** From the top down. */
  readonly plots: readonly LayerPlot[];
  readonly axis: LayerAxis;
  /** Empty for none. */
  readonly caption: string;
  /** Where the figure can be had again. */
  readonly source: string;
}

/** With which letters a file without fonts of its own is shown. */
export const fontFamily = "Inter, Helvetica, Arial, sans-serif";

export function chartSvg({ plots, axis, caption, source }: Chart, size: FigureSize): SvgPicture {
  const { width, padding, letters, heading, small, heights } = size;
  const labels = plots.flatMap((plot) => [...plot.labels, ...(plot.strip?.labels ?? [])]);
  const left = padding + scaleWidth(plots, size);
  const right = width - padding - namesWidth(labels, size);
  const frameOf = (top: number, tall: number): Frame => ({ left, right, top, bottom: top + tall });
  const parts: string[] = [];
  let y = padding;
  const write = (words: string, letter: number, look: object = {}): void => {
    for (const line of linesOf(words, width - 2 * padding, letter)) {
      const place = { x: padding, y: y + letter, "font-size": letter };
      parts.push(tag("text", { ...place, ...look }, escaped(line)));
      y += 1.35 * letter;
    }
  };
  let last = frameOf(y, 0);
  for (const [place, plot] of plots.entries()) {
    if (place > 0) y += letters;
    write(`${plot.title}${plot.meaning === "" ? "" : `: ${plot.meaning}`}`, heading, {
      fill: palette.ink,
      "font-weight": 600,
    });
    for (const { text, colour } of size.notesInPlot ? [] : plot.notes) {
      write(text, letters, { fill: inkOf(colour) });
    }
    y += 0.5 * letters;
    if (plot.strip !== null) {
      parts.push(paintStrip(plot.strip, axis, frameOf(y, heights.strip), size));
      y += heights.strip + 0.7 * letters;
    }
    // The first is the penalty's, or has the figure to itself.
    const height = place === 0 ? heights.penalty : heights.similarity;
    last = frameOf(y, Math.max(height, namesHeight(plot.labels, size)));
    parts.push(paintPlot(plot, axis, last, size));
    y = last.bottom;
  }
  const names = layerNames(axis, last, size);
  parts.push(names.text);
  y += 1.8 * letters;
  const numbers = names.word === "" ? "" : ` (numbers: ${names.word}s)`;
  write(`Stitched after layer, from input to output${numbers}`, letters, { fill: palette.muted });
  if (caption !== "") {
    y += 0.4 * letters;
    write(caption, letters, { fill: palette.ink });
  }
  if (size.writesSource) write(source, small, { fill: palette.muted });
  const height = Math.ceil(y + padding);
  const title = plots.map((plot) => plot.title).join("; ");
  const text = tag(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width: lengthOf(width, size),
      height: lengthOf(height, size),
      viewBox: `0 0 ${Math.round(100 * width) / 100} ${height}`,
      "font-family": fontFamily,
      "font-size": letters,
    },
    tag("title", {}, escaped(title)),
    tag("desc", {}, escaped(source)),
    tag("rect", { width: "100%", height: "100%", fill: palette.surface }),
    ...parts,
  );
  return { text, title, source, width, height, size };
}
