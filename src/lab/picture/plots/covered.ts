/**
 * How much of what a plot draws words would cover. All lengths are in percent of the plot's width or
 * height.
 */
import {
  drawnPoints,
  slotPercent,
  valuePercent,
  type LayerAxis,
  type LayerPlot,
} from "./layer-plot";

/** How large text is in a plot. */
export interface TextShare {
  /** Height of a line. */
  readonly line: number;
  /** Width of a letter. */
  readonly letter: number;
}

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Drawn = Pick<LayerPlot, "curves" | "domain" | "levels" | "beyond">;

/** Half a dot's width. */
const dot = 0.7;
/**
 * Returns how much of the points, lines and words of a plot a box covers: 0 for a free one.
 *
 * @param taken places of further words
 */
export function coveredBy(
  drawn: Drawn,
  axis: LayerAxis,
  share: TextShare,
  taken: readonly Box[] = [],
): (box: Box) => number {
  const { curves, domain, levels, beyond } = drawn;
  const { line, letter } = share;
  const paths = curves.flatMap((curve) =>
    (curve.ribbon ? [0, -1, 1] : [0]).map((side) =>
      drawnPoints(curve).map(({ at, value, standardError }) =>
        value === null
          ? null
          : {
              x: slotPercent(at, axis),
              y: valuePercent(value + side * (standardError ?? 0), domain),
            },
      ),
    ),
  );
  const segments = paths.flatMap((points) =>
    points.flatMap((to, place) => {
      const from = points[place - 1];
      return from && to ? [{ from, to }] : [];
    }),
  );
  const dots = paths.flat().flatMap((point) => point ?? []);
  const across = levels.map(({ value }) => valuePercent(value, domain));
  const edgeWords = beyond.map(({ at, values }) => {
    const half = (letter / 2) * values.reduce((sum, { text }) => sum + text.length + 3, 0);
    const middle = slotPercent(at, axis);
    return { left: middle - half, right: middle + half, top: 0, bottom: 1.2 * line };
  });
  const words = [...taken, ...edgeWords];
  return (box) => {
    const around = {
      left: box.left - dot,
      right: box.right + dot,
      top: box.top - 0.25 * line,
      bottom: box.bottom + 0.25 * line,
    };
    return (
      20 * dots.filter((point) => holds(around, point)).length +
      segments.reduce(
        (sum, { from, to }) => sum + shareInside(from, to, box) * (to.x - from.x),
        0,
      ) +
      across.filter((y) => y > box.top && y < box.bottom).length * (box.right - box.left) +
      20 * words.filter((other) => overlap(box, other)).length
    );
  };
}

/** Returns how many dots a line from a point to its words would run through, its own one left out. */
export function dotsCrossed(
  { curves, domain }: Pick<Drawn, "curves" | "domain">,
  axis: LayerAxis,
  { line }: TextShare,
): (from: Point, to: Point) => number {
  const dots = curves.flatMap((curve) =>
    drawnPoints(curve).flatMap(({ at, value }) =>
      value === null ? [] : [{ x: slotPercent(at, axis), y: valuePercent(value, domain) }],
    ),
  );
  const around = ({ x, y }: Point): Box => ({
    left: x - dot,
    right: x + dot,
    top: y - 0.25 * line,
    bottom: y + 0.25 * line,
  });
  return (from, to) =>
    dots.filter((point) => !holds(around(point), from) && shareInside(from, to, around(point)) > 0)
      .length;
}

function holds({ left, right, top, bottom }: Box, { x, y }: Point): boolean {
  return x > left && x < right && y > top && y < bottom;
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Share of a line that is inside a box. Liang and Barsky 1984. */
function shareInside(from: Point, to: Point, { left, right, top, bottom }: Box): number {
  let [first, last] = [0, 1];
  for (const [step, room] of [
    [from.x - to.x, from.x - left],
    [to.x - from.x, right - from.x],
    [from.y - to.y, from.y - top],
    [to.y - from.y, bottom - from.y],
  ] as const) {
    if (step === 0) {
      if (room < 0) return 0;
    } else if (step < 0) first = Math.max(first, room / step);
    else last = Math.min(last, room / step);
  }
  return Math.max(0, last - first);
}
