/** Where the names of curves go next to the curves' ends. */
import type { ColourRole, EndLabel } from "./description";

/** Between the plot and the names, in CSS pixels. */
const leaderWidth = 20;
/** In letters, of a line. */
const longest = 22;

/** A plot, and how tall a line of text is, in CSS pixels. */
export interface Plot {
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly lineHeight: number;
  readonly y: (value: number) => number | undefined;
}

export interface PlacedLabel {
  readonly text: string;
  readonly colour: ColourRole;
  /** Leads a name that had to give way to its curve. */
  readonly leader: string;
  readonly lines: readonly { readonly text: string; readonly x: number; readonly y: number }[];
}

export function placeLabels(ends: readonly EndLabel[], plot: Plot): readonly PlacedLabel[] {
  const { right, lineHeight } = plot;
  const wanted = ends.flatMap(({ y: value, ...label }) => {
    const end = value === null ? undefined : plot.y(value);
    return end === undefined ? [] : [{ ...label, end, lines: linesOf(label.text) }];
  });
  return spread(wanted, plot).map(({ text, colour, end, at, lines }) => ({
    text,
    colour,
    leader: `M${right - 4} ${end}H${right}L${right + leaderWidth - 4} ${at}`,
    lines: lines.map((line, place) => ({
      text: line.length > longest ? `${line.slice(0, longest)}…` : line,
      x: right + leaderWidth,
      y: at + 4 + place * lineHeight,
    })),
  }));
}

/**
 * Two networks' names are too long for one line, and so is a name with what is peculiar to its
 * stitch.
 */
function linesOf(label: string): readonly string[] {
  return label
    .split(/ (?=into )/)
    .flatMap((line) => (line.length > longest ? line.split(/(?<=^[^,]+,) /) : [line]));
}

/**
 * From the top down, each as near to its curve's end as the one before lets it; then up again from
 * the bottom.
 */
function spread<T extends { readonly end: number; readonly lines: readonly string[] }>(
  labels: readonly T[],
  { top, bottom, lineHeight }: Plot,
): (T & { readonly at: number })[] {
  let free = top + lineHeight / 2;
  const down = [...labels]
    .sort((a, b) => a.end - b.end)
    .map((label) => {
      const at = Math.max(label.end, free);
      free = at + label.lines.length * lineHeight;
      return { ...label, at };
    });
  let room = bottom;
  return down.reverse().map((label) => {
    const at = Math.min(label.at, room - (label.lines.length - 1) * lineHeight);
    room = at - lineHeight;
    return { ...label, at };
  });
}
