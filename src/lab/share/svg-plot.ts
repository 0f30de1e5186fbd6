/** The parts of a plot as text of an SVG. */
import { nameParts } from "../picture/plots/axis-names";
import {
  stripValues,
  stripWords,
  type LayerAxis,
  type LayerPlot,
  type PlotLabel,
  type PlotStrip,
} from "../picture/plots/layer-plot";
import { placeNote } from "../picture/plots/place-note";
import { placeLabels } from "../picture/plots/place-labels";
import { acrossOf, downOf, fixed, paintCurves, paintLine, palette, type Frame } from "./svg-curves";
import { cut, escaped, tag, widthOf } from "./svg-text";

/** Letters of the curves' names and their lines, in CSS pixels. */
const labelSize = 13;
const labelLine = 17;
/** From a curve's end to its name, and at most how wide a name is. */
const labelGap = 18;
const widestLabel = 240;

/** Width that the names at a plot's right need. */
export function labelsWidth(labels: readonly PlotLabel[]): number {
  const widths = labels.map(({ name }) => widthOf(cutLabel(name), labelSize));
  return labelGap + Math.max(0, ...widths);
}

function cutLabel(name: string): string {
  return cut(name, widestLabel, labelSize);
}

export function paintPlot(plot: LayerPlot, axis: LayerAxis, frame: Frame): string {
  return [
    paintScale(plot, frame),
    paintNames(axis, frame),
    paintCurves(plot.curves, axis, plot.domain, frame),
    paintNotes(plot, axis, frame),
    paintLabels(plot.labels, plot.domain, frame),
  ].join("");
}

/** Controls that are far off the scale, with their values in numbers. */
export function paintStrip(strip: PlotStrip, axis: LayerAxis, frame: Frame): string {
  const { domain, curves, labels } = strip;
  const { left, top, bottom } = frame;
  const small = { "font-size": 11 } as const;
  return [
    ...stripWords(strip).map((words, line) =>
      tag(
        "text",
        {
          x: left - 8,
          y: (top + bottom) / 2 - 9 + 13 * line,
          "text-anchor": "end",
          fill: palette.muted,
          ...small,
        },
        words,
      ),
    ),
    paintCurves(curves, axis, domain, frame),
    ...stripValues(strip).map(({ at, value }) =>
      tag(
        "text",
        {
          x: acrossOf(at, axis, frame),
          y: bottom - 2,
          "text-anchor": "middle",
          fill: palette["control-curve"],
          ...small,
        },
        String(Math.round(value)),
      ),
    ),
    paintLabels(labels, domain, frame),
  ].join("");
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
        {
          x: right - 4,
          y: level(to) + 14,
          "text-anchor": "end",
          "font-size": 12,
          fill: palette.muted,
        },
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

function paintNotes(plot: LayerPlot, axis: LayerAxis, frame: Frame): string {
  const share = (100 * labelLine) / (frame.bottom - frame.top);
  return plot.notes
    .map((note) => {
      const { across, down } = placeNote(note, plot, axis, share);
      const aside = down === "level" ? { start: 10, middle: 0, end: -10 }[across] : 0;
      return tag(
        "text",
        {
          x: acrossOf(note.at, axis, frame) + aside,
          y: downOf(note.value, plot.domain, frame) + noteOffsets[down],
          "text-anchor": across,
          "font-weight": 600,
          fill: palette[note.colour],
        },
        escaped(note.text),
      );
    })
    .join("");
}

/** From a point down to the foot of its words, in CSS pixels. */
const noteOffsets = { "far-above": -32, above: -12, level: 5, below: 22, "far-below": 42 } as const;

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
      const text = { x: right + labelGap, y: y(at) + 4.5, "font-size": labelSize };
      return (
        leader +
        tag("text", { ...text, fill: palette[label.colour] }, escaped(cutLabel(label.name)))
      );
    })
    .join("");
}
