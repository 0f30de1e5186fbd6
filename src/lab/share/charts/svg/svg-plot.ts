/** The parts of a plot as text of an SVG. */
import {
  stripWords,
  type LayerAxis,
  type LayerPlot,
  type PlotBand,
  type PlotBeyond,
  type PlotStrip,
} from "../../../picture/plots/layer-plot";
import { bandPath } from "../../../picture/plots/curve-paths";
import type { FigureSize } from "../figure-size";
import {
  acrossOf,
  downOf,
  fixed,
  inkOf,
  paintCurves,
  paintLine,
  palette,
  type Frame,
} from "./svg-curves";
import { paintNames } from "./svg-names";
import { paintNote, paintRangeText } from "./svg-notes";
import { escaped, tag, widthOf } from "./svg-text";

/** Width that the numbers of the scales need, with a gap to the plot. */
export function scaleWidth(plots: readonly LayerPlot[], { letters, small }: FigureSize): number {
  const texts = plots.flatMap(({ ticks }) => ticks.map(({ text }) => widthOf(text, letters)));
  const strips = plots.flatMap(({ strip }) =>
    strip === null ? [] : stripWords(strip).map((words) => widthOf(words, small)),
  );
  return Math.max(...texts, ...strips) + 0.6 * letters;
}

export function paintPlot(
  plot: LayerPlot,
  axis: LayerAxis,
  frame: Frame,
  size: FigureSize,
): string {
  return [
    paintScale(plot, axis, frame, size),
    ...plot.ranges.map((range) => paintRangeText(range, plot, axis, frame, size)),
    paintCurves(plot.curves, axis, plot.domain, frame, size.lines),
    ...plot.beyond.map((beyond) => paintBeyond(beyond, axis, frame, size)),
    ...(size.notesInPlot ? plot.notes : []).map((note) => paintNote(note, plot, axis, frame, size)),
    paintNames(plot.labels, plot.domain, frame, size),
  ].join("");
}

/** Values above the scale, next to each other at its edge. */
function paintBeyond(
  { at, values }: PlotBeyond,
  axis: LayerAxis,
  frame: Frame,
  { small }: FigureSize,
): string {
  const place = { x: acrossOf(at, axis, frame), y: frame.top + 0.9 * small };
  const words = values.map(({ text, colour }) =>
    tag("tspan", { fill: inkOf(colour) }, escaped(`▲ ${text} `)),
  );
  return tag("text", { ...place, "text-anchor": "middle", "font-size": small }, ...words);
}

/** Controls that are far off the scale, with their values in numbers. */
export function paintStrip(
  strip: PlotStrip,
  axis: LayerAxis,
  frame: Frame,
  size: FigureSize,
): string {
  const { domain, curves, labels } = strip;
  const { left, top, bottom } = frame;
  const { small, letters, lines } = size;
  let free = -Infinity;
  // Of very many, those that fit.
  const values = (curves[0]?.points ?? []).flatMap(({ at, value }) => {
    if (value === null) return [];
    const text = String(Math.round(value));
    const x = acrossOf(at, axis, frame);
    const half = widthOf(text, small) / 2;
    if (x - half < free) return [];
    free = x + half + 0.1 * small;
    const look = { x, y: bottom, "text-anchor": "middle", fill: palette["control-curve"] };
    return [tag("text", { ...look, "font-size": small }, text)];
  });
  return [
    ...stripWords(strip).map((words, line) =>
      tag(
        "text",
        {
          x: left - 0.6 * letters,
          y: (top + bottom) / 2 + (1.15 * line - 0.8) * small,
          "text-anchor": "end",
          fill: palette.muted,
          "font-size": small,
        },
        words,
      ),
    ),
    paintCurves(curves, axis, domain, frame, lines),
    ...values,
    paintNames(labels, domain, frame, size),
  ].join("");
}

function paintScale(
  { domain, ticks, levels, ranges, band }: LayerPlot,
  axis: LayerAxis,
  frame: Frame,
  { letters, lines }: FigureSize,
): string {
  const { left, right } = frame;
  const level = (value: number): number => downOf(value, domain, frame);
  const across = (value: number): string =>
    `M${fixed(left)} ${fixed(level(value))}H${fixed(right)}`;
  const paintBand = (area: PlotBand): string => {
    const x = (at: number): string => fixed(acrossOf(at, axis, frame));
    const y = (value: number): string => fixed(level(value));
    return tag("path", { d: bandPath(area, { x, y }), fill: palette.muted, "fill-opacity": 0.14 });
  };
  return [
    ...ranges.map(({ from, to, left: first, right: last }) =>
      tag("rect", {
        x: left + (first / 100) * (right - left),
        y: level(to),
        width: ((last - first) / 100) * (right - left),
        height: level(from) - level(to),
        fill: palette.grid,
        "fill-opacity": 0.55,
      }),
    ),
    ...(band ? [paintBand(band)] : []),
    ...ticks.flatMap(({ value, text }) => [
      tag("path", { d: across(value), stroke: palette.line, "stroke-width": Math.max(0.5, lines) }),
      tag(
        "text",
        {
          x: left - 0.6 * letters,
          y: level(value) + 0.35 * letters,
          "text-anchor": "end",
          fill: palette.muted,
        },
        escaped(text),
      ),
    ]),
    ...levels.map(({ value, look }) => paintLine(across(value), look, lines)),
  ].join("");
}
