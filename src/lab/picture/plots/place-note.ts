/** Where the words at a point go: where they cover no data point and as little of the curves as can be. */
import {
  slotPercent,
  valuePercent,
  type LayerAxis,
  type LayerPlot,
  type PlotNote,
} from "./layer-plot";

export interface NotePlace {
  /** Which part of the words is at the point's height or width. */
  readonly across: "start" | "middle" | "end";
  readonly down: "above" | "below" | "level" | "far-above" | "far-below";
}

const places: readonly NotePlace[] = [
  ...(["above", "below"] as const).flatMap((down) =>
    (["middle", "start", "end"] as const).map((across) => ({ across, down })),
  ),
  { across: "end", down: "level" },
  { across: "start", down: "level" },
  ...(["far-above", "far-below"] as const).flatMap((down) =>
    (["middle", "start", "end"] as const).map((across) => ({ across, down })),
  ),
];

/** Width of a letter, in percent of a plot of the usual width. */
const letter = 0.8;
/** Half a dot, likewise. */
const dot = 0.7;
/** Distance of words next to their point, likewise. */
const gap = 1.4;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** @param lineShare height of a line of text, in percent of the plot's */
export function placeNote(
  note: PlotNote,
  { curves, domain }: Pick<LayerPlot, "curves" | "domain">,
  axis: LayerAxis,
  lineShare: number,
): NotePlace {
  const drawn = curves.map(({ points }) =>
    points.map(({ at, value }) =>
      value === null ? null : { x: slotPercent(at, axis), y: valuePercent(value, domain) },
    ),
  );
  const dots = drawn.flat().flatMap((point) => point ?? []);
  const between = drawn.flatMap((points) =>
    points.flatMap((to, place) => {
      const from = points[place - 1];
      if (!from || !to) return [];
      return [0.2, 0.4, 0.6, 0.8].map((part) => ({
        x: from.x + part * (to.x - from.x),
        y: from.y + part * (to.y - from.y),
      }));
    }),
  );
  const cost = (place: NotePlace): number => {
    const box = boxOf(place, note, axis, domain, lineShare);
    const covered = ({ x, y }: { x: number; y: number }, around = 0): boolean =>
      x > box.left - dot * around &&
      x < box.right + dot * around &&
      y > box.top - 0.25 * lineShare * around &&
      y < box.bottom + 0.25 * lineShare * around;
    const outside = box.left < 0 || box.right > 100 || box.top < 0 || box.bottom > 100 ? 1000 : 0;
    const far = place.down.startsWith("far") ? 3 : 0;
    const hidden = between.filter((point) => covered(point)).length;
    return outside + far + hidden + 20 * dots.filter((point) => covered(point, 1)).length;
  };
  const [first, ...rest] = places.map((place) => ({ place, cost: cost(place) }));
  if (!first) throw new RangeError("places: expected at least one, found none");
  return rest.reduce((best, next) => (next.cost < best.cost ? next : best), first).place;
}

/** The place of the words. */
function boxOf(
  { across, down }: NotePlace,
  { at, value, text }: PlotNote,
  axis: LayerAxis,
  domain: LayerPlot["domain"],
  lineShare: number,
): Box {
  const width = letter * text.length + 2;
  const height = 1.2 * lineShare;
  const x = slotPercent(at, axis);
  const y = valuePercent(value, domain);
  const aside = down === "level" ? gap : 0;
  const left = { start: x + aside, middle: x - width / 2, end: x - width - aside }[across];
  const top = {
    "far-above": y - 1.8 * lineShare - height,
    above: y - 0.55 * lineShare - height,
    level: y - height / 2,
    below: y + 0.55 * lineShare,
    "far-below": y + 1.8 * lineShare,
  }[down];
  return { left, right: left + width, top, bottom: top + height };
}
