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
 */
export function placeLabels(
  labels: readonly PlotLabel[],
  domain: readonly [number, number],
  lineShare: number,
): readonly PlacedLabel[] {
  const wanted = labels
    .map((label) => ({
      label,
      from: label.value === null ? null : valuePercent(label.value, domain),
    }))
    .sort((a, b) => (a.from ?? 100) - (b.from ?? 100));
  // Very many names overlap a little rather than leave the plot.
  const line = Math.min(lineShare, 100 / labels.length);
  // From the top down, then up again from the bottom.
  let free = line / 2;
  const down = wanted.map((entry) => {
    const at = Math.max(entry.from ?? 100, free);
    free = at + line;
    return { ...entry, at };
  });
  let room = 100 - line / 2;
  return down
    .reverse()
    .map((entry) => {
      const at = Math.min(entry.at, room);
      room = at - line;
      return { ...entry, at };
    })
    .reverse();
}
