/**
 * Where the words at a point go: near to it, but on no data point and no line, where there is such a
 * place. All lengths are in percent of the plot's width or height.
 */
import {
  coveredBy,
  dotsCrossed,
  type Box,
  type Drawn,
  type Point,
  type TextShare,
} from "./covered";
import {
  slotPercent,
  valuePercent,
  type LayerAxis,
  type LayerPlot,
  type PlotNote,
} from "./layer-plot";
import { placeRange } from "./place-range";

export interface NotePlace {
  /** Which part of the words is at `x`. */
  readonly across: "start" | "middle" | "end";
  readonly x: number;
  /** Middle of the words. */
  readonly y: number;
  /** The room that they take, about. */
  readonly box: Box;
  /** Where a line from the point ends; null where the words are next to it. */
  readonly lead: Point | null;
}

/** Steps of the search between the plot's edges. */
const columns = 16;

export function placeNote(
  { at, value, text }: PlotNote,
  drawn: Drawn & Pick<LayerPlot, "ranges">,
  axis: LayerAxis,
  share: TextShare,
): NotePlace {
  const point = { x: slotPercent(at, axis), y: valuePercent(value, drawn.domain) };
  const width = Math.min(100, share.letter * text.length + 2);
  const height = 1.2 * share.line;
  const words = drawn.ranges.map((range) => placeRange(range, drawn, axis, share));
  const covered = coveredBy(drawn, axis, share, words);
  const crossed = dotsCrossed(drawn, axis, share);
  // A line through another curve's dot would give that one the words.
  const amount = (box: Box): number => {
    const lead = leadTo(box, point, share, crossed);
    return covered(box) + (lead === null ? 0 : 0.01 * crossed(point, lead));
  };
  const near = boxesAround(point, width, height, share);
  const boxes = [...near, ...boxesAnywhere(width, height, share)]
    .map((box, place) => ({
      box,
      away: distance(point, box, share) + (place < near.length ? 0 : 1),
    }))
    .sort((a, b) => a.away - b.away);
  const box = leastCovered(boxes, amount);
  return { ...anchorOf(box, point), box, lead: leadTo(box, point, share, crossed) };
}

/** Returns the nearest free box, or, where none is free, the one that covers least. */
function leastCovered(
  boxes: readonly { readonly box: Box; readonly away: number }[],
  covered: (box: Box) => number,
): Box {
  let [best, least] = [boxes[0]?.box, Infinity];
  for (const { box } of boxes) {
    const amount = covered(box);
    if (amount >= least) continue;
    [best, least] = [box, amount];
    if (amount === 0) break;
  }
  if (!best) throw new RangeError("boxes: expected at least one, found none");
  return best;
}

/** Boxes above, below and next to a point. */
function boxesAround({ x, y }: Point, width: number, height: number, share: TextShare): Box[] {
  const [up, aside] = [0.55 * share.line, 1.8 * share.letter];
  const middle = [x - width / 2, x, x - width];
  return [
    ...[y - up - height, y + up].flatMap((top) => middle.map((left) => ({ left, top }))),
    ...[x - width - aside, x + aside].map((left) => ({ left, top: y - height / 2 })),
  ]
    .filter(({ left, top }) => Math.min(left, top) >= 0)
    .map(({ left, top }) => ({ left, right: left + width, top, bottom: top + height }))
    .filter(({ right, bottom }) => Math.max(right, bottom) <= 100);
}

function boxesAnywhere(width: number, height: number, { line }: TextShare): Box[] {
  const rows = Math.max(2, Math.floor((2 * (100 - height)) / line));
  const steps = (count: number, room: number): number[] =>
    Array.from({ length: count + 1 }, (_, step) => (room * step) / count);
  return steps(rows, 100 - height).flatMap((top) =>
    steps(columns, 100 - width).map((left) => ({
      left,
      right: left + width,
      top,
      bottom: top + height,
    })),
  );
}

/** In lines of text, which are about as high as two letters are wide. */
function distance(point: Point, box: Box, { line, letter }: TextShare): number {
  const { x, y } = nearestIn(box, point);
  const middle = Math.abs((box.left + box.right) / 2 - point.x);
  // Where it is as near, the words are centred.
  return Math.hypot((x - point.x) / (2 * letter), (y - point.y) / line) + 0.02 * middle;
}

function nearestIn({ left, right, top, bottom }: Box, { x, y }: Point): Point {
  return {
    x: Math.min(right, Math.max(left, x)),
    y: Math.min(bottom, Math.max(top, y)),
  };
}

/** The end that keeps its place where the letters are of another width. */
function anchorOf(box: Box, { x }: Point): Pick<NotePlace, "across" | "x" | "y"> {
  const y = (box.top + box.bottom) / 2;
  if (box.left >= x) return { across: "start", x: box.left, y };
  if (box.right <= x) return { across: "end", x: box.right, y };
  return { across: "middle", x: (box.left + box.right) / 2, y };
}

function leadTo(
  box: Box,
  point: Point,
  { line, letter }: TextShare,
  crossed: (from: Point, to: Point) => number,
): Point | null {
  const end = nearestIn(box, point);
  const near = Math.abs(end.x - point.x) <= 2 * letter && Math.abs(end.y - point.y) <= 0.8 * line;
  if (near) return null;
  // The nearest end, or, where a dot lies on the way there, another one of the words' edge.
  const ends = [0.15, 0.3, 0.7, 0.85].map((share) => ({
    x: box.left + share * (box.right - box.left),
    y: end.y,
  }));
  return [end, ...ends].reduce((a, b) => (crossed(point, b) < crossed(point, a) ? b : a));
}
