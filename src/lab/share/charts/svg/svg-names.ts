/** Names in a figure: of the curves at their ends, and of the layers below the plots. */
import { nameParts } from "../../../picture/plots/axis-names";
import type { LayerAxis, LayerPlot, PlotLabel } from "../../../picture/plots/layer-plot";
import { placeLabels } from "../../../picture/plots/place-labels";
import type { FigureSize } from "../figure-size";
import { acrossOf, fixed, inkOf, paintLine, palette, type Frame } from "./svg-curves";
import { cut, escaped, linesOf, tag, widthOf } from "./svg-text";

const mostLines = 2;
/** From a curve's end to its name, and between the lines of names, in letters. */
const gap = 1.4;
const lineHeight = 1.25;

/** Width that the names at a plot's right need. */
export function namesWidth(labels: readonly PlotLabel[], size: FigureSize): number {
  const widths = labels.flatMap(({ name }) =>
    nameLines(name, size).map((line) => widthOf(line, size.letters)),
  );
  return gap * size.letters + Math.max(0, ...widths);
}

/** Height that the names at a plot's right need. */
export function namesHeight(labels: readonly PlotLabel[], size: FigureSize): number {
  const count = labels.reduce((sum, { name }) => sum + nameLines(name, size).length, 0);
  return lineHeight * size.letters * count;
}

function nameLines(name: string, { widestName, letters }: FigureSize): readonly string[] {
  const lines = linesOf(name, widestName, letters);
  if (lines.length <= mostLines) return lines;
  const kept = lines.slice(0, mostLines - 1);
  return [...kept, cut(lines.slice(mostLines - 1).join(" "), widestName, letters)];
}

export function paintNames(
  labels: readonly PlotLabel[],
  domain: LayerPlot["domain"],
  { right, top, bottom }: Frame,
  size: FigureSize,
): string {
  const { letters, lines: scale } = size;
  const line = lineHeight * letters;
  const y = (percent: number): number => top + (percent / 100) * (bottom - top);
  return placeLabels(
    labels,
    domain,
    (100 * line) / (bottom - top),
    ({ name }) => nameLines(name, size).length,
  )
    .map(({ label, from, at }) => {
      const end = `L${fixed(right + (gap - 0.3) * letters)} ${fixed(y(at))}`;
      const leader =
        from === null
          ? ""
          : paintLine(
              `M${fixed(right)} ${fixed(y(from))}${end}`,
              { colour: label.colour, width: 1 },
              scale,
            );
      const lines = nameLines(label.name, size);
      const first = y(at) - ((lines.length - 1) * line) / 2 + 0.35 * letters;
      return (
        leader +
        lines
          .map((words, place) =>
            tag(
              "text",
              { x: right + gap * letters, y: first + line * place, fill: inkOf(label.colour) },
              escaped(words),
            ),
          )
          .join("")
      );
    })
    .join("");
}

interface LayerNames {
  readonly text: string;
  /** What numbers without a word count: "block"; empty where every name is whole. */
  readonly word: string;
}

/** The layers' names below a plot: whole where they fit, else numbers, as many as fit. */
export function layerNames(axis: LayerAxis, frame: Frame, { letters }: FigureSize): LayerNames {
  const placed = axis.names.map(({ at, text }) => ({ x: acrossOf(at, axis, frame), text }));
  const fit = (names: typeof placed): boolean =>
    names.every(({ x, text }, place) => {
      const next = names[place + 1];
      if (next === undefined) return true;
      const room = (widthOf(text, letters) + widthOf(next.text, letters)) / 2 + 0.3 * letters;
      return next.x - x >= room;
    });
  const short = placed.map(({ x, text }) => ({ x, text: nameParts(text)[1] }));
  const whole = fit(placed);
  let names = whole ? placed : short;
  for (let step = 2; !fit(names); step++) names = short.filter((_, place) => place % step === 0);
  const words = placed.map(({ text }) => nameParts(text)[0].trim()).filter((word) => word !== "");
  return {
    word: whole ? "" : (words[0] ?? ""),
    text: names
      .map(({ x, text }) =>
        tag(
          "text",
          {
            x,
            y: frame.bottom + 1.3 * letters,
            "text-anchor": "middle",
            fill: palette.muted,
          },
          escaped(text),
        ),
      )
      .concat(endNames(axis, frame, letters))
      .join(""),
  };
}

/** The networks alone, outside of the plot. */
function endNames(
  { ends = [] }: LayerAxis,
  { left, right, bottom }: Frame,
  letters: number,
): readonly string[] {
  const look = { y: bottom + 1.3 * letters, "font-weight": 600 };
  const gap = 0.2 * letters;
  return ends.map((role) =>
    role === "top"
      ? tag("text", { ...look, x: left - gap, "text-anchor": "end", fill: inkOf(role) }, "A")
      : tag("text", { ...look, x: right + gap, fill: inkOf(role) }, "B"),
  );
}
