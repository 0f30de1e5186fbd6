/** Where names go at the right edge of a plot, so that none covers another. */
import { valuePercent, type PlotLabel } from "./layer-plot";

export interface PlacedLabel {
  readonly label: PlotLabel;
  /** Where the line that is named ends; null where it has no value yet. In percent from the top. */
  readonly from: number | null;
  /** Middle of the name, in percent from the top. */
  readonly at: number;
}

/**
 * Places every name as near to its line's end as the others allow.
 *
 * @param lineShare height of a line of text, in percent of the plot's
 * @param linesOf how many lines a name takes
 */
export function placeLabels(
  labels: readonly PlotLabel[],
  domain: readonly [number, number],
  lineShare: number,
  linesOf: (label: PlotLabel) => number = () => 1,
): readonly PlacedLabel[] {
  const ends = labels.map((label) => ({
    label,
    // What is above the scale is named at its edge.
    from: label.value === null ? null : Math.max(0, valuePercent(label.value, domain)),
  }));
  // Names without a line go above the lowest that has one, so that no line crosses them.
  const lowest = Math.max(...ends.flatMap(({ from }) => from ?? []));
  const nowhere = Number.isFinite(lowest) ? lowest : 100;
  const wanted = ends.toSorted(
    (a, b) =>
      (a.from ?? nowhere) - (b.from ?? nowhere) ||
      Number(b.from === null) - Number(a.from === null),
  );
  // Very many names overlap a little rather than leave the plot.
  const lines = labels.reduce((sum, label) => sum + linesOf(label), 0);
  const line = Math.min(lineShare, 100 / lines);
  const halfOf = (label: PlotLabel): number => (line * linesOf(label)) / 2;
  // From the top down, then up again from the bottom.
  let free = 0;
  const down = wanted.map((entry) => {
    const half = halfOf(entry.label);
    const at = Math.max(entry.from ?? nowhere, free + half);
    free = at + half;
    return { ...entry, at };
  });
  let room = 100;
  return down
    .reverse()
    .map((entry) => {
      const half = halfOf(entry.label);
      const at = Math.min(entry.at, room - half);
      room = at - half;
      return { ...entry, at };
    })
    .reverse();
}
