/** Words inside a plot, where they cross as little of the curves as possible. */
import type { LayerAxis, LayerPlot, PlotNote, PlotRange } from "../../../picture/plots/layer-plot";
import type { FigureSize } from "../figure-size";
import { acrossOf, downOf, inkOf, palette, type Frame } from "./svg-curves";
import { cut, escaped, linesOf, tag, widthOf } from "./svg-text";

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

type Drawn = Pick<LayerPlot, "curves" | "domain" | "levels">;

/** Where two points of a curve are joined, so many places are looked at. */
const samples = 16;
/** What a reference line counts, which crosses all of the words. */
const throughout = 20;

/** How much of the curves and of the reference lines a box would cover. */
function crossings({ curves, domain, levels }: Drawn, axis: LayerAxis, frame: Frame) {
  const places = curves.flatMap(({ points }) =>
    points.flatMap((point, place) => {
      const next = points[place + 1] ?? point;
      if (point.value === null || next.value === null) return [];
      const [from, to] = [
        { x: acrossOf(point.at, axis, frame), y: downOf(point.value, domain, frame) },
        { x: acrossOf(next.at, axis, frame), y: downOf(next.value, domain, frame) },
      ];
      return Array.from({ length: samples }, (_, k) => ({
        x: from.x + (k / samples) * (to.x - from.x),
        y: from.y + (k / samples) * (to.y - from.y),
      }));
    }),
  );
  const heights = levels.map(({ value }) => downOf(value, domain, frame));
  return ({ x, y, width, height }: Box): number =>
    places.filter(
      (point) => point.x > x && point.x < x + width && point.y > y && point.y < y + height,
    ).length +
    throughout * heights.filter((level) => level > y && level < y + height).length;
}

/** A few words at a point: near to it, inside the plot. */
export function paintNote(
  note: PlotNote,
  drawn: Drawn,
  axis: LayerAxis,
  frame: Frame,
  { letters, lines: scale }: FigureSize,
): string {
  const [x, y] = [acrossOf(note.at, axis, frame), downOf(note.value, drawn.domain, frame)];
  const crossed = crossings(drawn, axis, frame);
  const places = [24, 14, 10].flatMap((widest) => {
    const room = Math.min(frame.right - frame.left, widest * letters) / semibold;
    // Most of a very long name goes rather than the plot.
    const lines = linesOf(cut(note.text, mostLines * room, letters), room, letters);
    const width = semibold * Math.max(...lines.map((line) => widthOf(line, letters)));
    const height = noteLine * letters * lines.length;
    const gap = 0.3 * letters + 4 * scale;
    return boxesAround({ x, y: y - gap, width, height: height + 2 * gap }, frame).map((around) => {
      const box = { ...around, y: around.y + gap, height };
      const away = Math.hypot(
        Math.max(0, box.x - x, x - box.x - width),
        Math.max(0, box.y - y, y - box.y - height),
      );
      return { lines, box, cost: 4 * crossed(box) + (2 * away) / letters + 0.5 * lines.length };
    });
  });
  const [first] = places;
  if (first === undefined) return "";
  const { lines, box } = places.reduce((a, b) => (b.cost < a.cost ? b : a), first);
  const ground = tag("rect", { ...box, fill: palette.surface, "fill-opacity": 0.75 });
  return [
    crossed(box) > 0 ? ground : "",
    ...lines.map((line, place) =>
      tag(
        "text",
        {
          x: box.x + box.width / 2,
          y: box.y + (noteLine * place + 0.9) * letters,
          "text-anchor": "middle",
          "font-weight": 600,
          fill: inkOf(note.colour),
        },
        escaped(line),
      ),
    ),
  ].join("");
}

/** How much wider heavier letters are. */
const semibold = 1.06;
const noteLine = 1.15;
const mostLines = 4;

/** Places of a box above, at and below a point, inside a plot. */
function boxesAround({ x, y, width, height }: Box, { left, right, top, bottom }: Frame): Box[] {
  const room = right - left - width;
  const lowest = Math.max(top, bottom - height);
  const tops = Array.from({ length: 25 }, (_, k) => top + (k / 24) * (lowest - top));
  const lefts = Array.from({ length: 25 }, (_, k) => left + (k / 24) * room);
  const inside = (at: number, from: number, to: number): number => Math.min(Math.max(at, from), to);
  return [y - height, y, ...tops].flatMap((wanted) =>
    [x - width / 2, x, x - width, ...lefts].map((start) => ({
      x: inside(start, left, left + room),
      y: inside(wanted, top, lowest),
      width,
      height,
    })),
  );
}

/** What a range says, in a corner of it. */
export function paintRangeText(
  { from, to, left, right, text }: PlotRange,
  drawn: Drawn,
  axis: LayerAxis,
  frame: Frame,
  { letters, small }: FigureSize,
): string {
  const [width, height] = [widthOf(text, small), 1.3 * small];
  const inset = 0.3 * letters;
  const across = (share: number): number => frame.left + (share / 100) * (frame.right - frame.left);
  const [first, last] = [across(left), across(right)];
  const [high, low] = [downOf(to, drawn.domain, frame), downOf(from, drawn.domain, frame)];
  const crossed = crossings(drawn, axis, frame);
  const boxes = [high, low - height].flatMap((y) =>
    [first + inset, last - width - inset, (first + last - width) / 2].map((x) => ({
      x: Math.max(frame.left, x),
      y,
      width,
      height,
    })),
  );
  const { x, y } = boxes.reduce((best, other) => (crossed(other) < crossed(best) ? other : best));
  const look = { "font-size": small, fill: palette.muted };
  return tag("text", { x, y: y + 1.05 * small, ...look }, escaped(text));
}
