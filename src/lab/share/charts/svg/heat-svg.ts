/** A grid's heat map as an SVG file: title, names of layers, cells, scale and caption. Always light. */
import type { MeasureName } from "../../../../core/similarity/measures";
import type { Report } from "../../../../experiment/report";
import type { LabModel } from "../../../engine/models";
import { measureLabels } from "../../../format/labels";
import { signedPoints, similarityText } from "../../../format/numbers";
import { targetWords } from "../../../format/target-words";
import { heatMapOf, type HeatCell, type HeatMap } from "../../../grid/heat-map";
import { shadeCount, shadeOf } from "../../../grid/heat-scale";
import { askedSites, pairOf } from "../../../session/experiment/pair";
import { curveResults, emptyResults, withEvent } from "../../../session/results/results";
import { rowsOf } from "../../../session/results/rows";
import { fontFamily } from "./chart-svg";
import { lengthOf, type FigureSize, type SvgPicture } from "../figure-size";
import { fixed, palette } from "./svg-curves";
import { escaped, linesOf, tag, widthOf } from "./svg-text";

export interface HeatFigure {
  readonly title: string;
  readonly map: HeatMap;
}

/** Null where one of the networks, and so the number of its layers, is not known here. */
export function heatFigures(
  report: Report,
  models: readonly LabModel[],
  measure: MeasureName,
): readonly HeatFigure[] | null {
  const { spec } = report;
  const pair = pairOf(spec.curves[0], models);
  if (pair === null) return null;
  const results = curveResults(withEvent(emptyResults, { type: "finished", report }));
  const rows = rowsOf(results, askedSites(spec, pair), measure);
  return [
    {
      title: `${targetWords(spec).title}, in percentage points`,
      map: heatMapOf("penalty", pair, rows),
    },
    {
      title: `Similarity: ${measureLabels[measure]}`,
      map: heatMapOf("similarity", pair, rows),
    },
  ];
}

const explanation =
  "Rows: last layer of the bottom. Columns: layer of the top that it replaces. Outlined: same relative depth. Dot: best layer of the bottom for that layer of the top.";

/** @param source where the map can be had again */
export function heatSvg({ title, map }: HeatFigure, source: string, size: FigureSize): SvgPicture {
  const { columns, rows } = map;
  const { width, padding, letters, heading } = size;
  const longest = (texts: readonly string[]): number =>
    texts.reduce((most, text) => Math.max(most, widthOf(text, letters)), 0);
  const left = padding + longest(rows.map(({ name }) => name)) + 0.6 * letters;
  const cell = Math.min(5 * letters, (width - padding - left) / columns.length);
  const numbers = longest(rows.flatMap(({ cells }) => cells.map(({ text }) => text))) < cell - 1;
  const every = Math.ceil((1.1 * letters) / cell);
  const scaleTop = padding + 1.8 * heading;
  const top = scaleTop + 2.2 * letters + longest(columns) + 0.6 * letters;
  const bottom = top + cell * rows.length;
  const words = (x: number, y: number, text: string, look: object = {}): string =>
    tag("text", { x, y, fill: palette.muted, ...look }, escaped(text));
  const notes = [explanation, ...(size.writesSource ? [source] : [])].flatMap((note) =>
    linesOf(note, width - 2 * padding, size.small),
  );
  const first = bottom + 1.2 * letters + size.small;
  const height = Math.ceil(
    first + 1.35 * size.small * (notes.length - 1) + 0.4 * letters + padding,
  );
  const named = (place: number): boolean => place % every === 0;
  const text = tag(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width: lengthOf(width, size),
      height: lengthOf(height, size),
      viewBox: `0 0 ${Math.round(100 * width) / 100} ${height}`,
      "font-family": fontFamily,
      "font-size": letters,
    },
    tag("title", {}, escaped(title)),
    tag("desc", {}, escaped(source)),
    tag("rect", { width: "100%", height: "100%", fill: palette.surface }),
    words(padding, padding + heading, title, {
      fill: palette.ink,
      "font-size": heading,
      "font-weight": 600,
    }),
    paintScale(map, scaleTop, size),
    ...columns.map((name, place) => {
      const [x, y] = [left + cell * (place + 0.5) + 0.35 * letters, top - 0.5 * letters];
      return named(place)
        ? words(x, y, name, { transform: `rotate(-90 ${fixed(x)} ${fixed(y)})` })
        : "";
    }),
    ...rows.map(({ name }, row) =>
      named(row)
        ? words(left - 0.6 * letters, top + cell * (row + 0.5) + 0.35 * letters, name, {
            "text-anchor": "end",
          })
        : "",
    ),
    paintCells(map, { left, top, cell }, numbers),
    ...notes.map((note, line) =>
      words(padding, first + 1.35 * size.small * line, note, { "font-size": size.small }),
    ),
  );
  return { text, title, source, width, height, size };
}

interface CellPlaces {
  readonly left: number;
  readonly top: number;
  readonly cell: number;
}

/** One path for each shade: a grid may have thousands of cells. */
function paintCells(
  { kind, rows }: HeatMap,
  { left, top, cell }: CellPlaces,
  numbers: boolean,
): string {
  const cells = rows.flatMap((row, down) =>
    row.cells.map((one, across) => ({ one, x: left + cell * across, y: top + cell * down })),
  );
  const square = (x: number, y: number, side: number): string =>
    `M${precise(x)} ${precise(y)}h${precise(side)}v${precise(side)}h${precise(-side)}z`;
  const lookOf = ({ shade }: HeatCell): { ground: string; ink: string } =>
    shade === null ? { ground: palette.surface, ink: "#000000" } : shadeOf(kind, "light", shade);
  const grounds = new Map<string, string>();
  const outlines = new Map<string, string>();
  const add = (paths: Map<string, string>, colour: string, d: string): void => {
    paths.set(colour, (paths.get(colour) ?? "") + d);
  };
  const line = Math.min(0.06 * cell, 1.5);
  for (const { one, x, y } of cells) {
    const { ground, ink } = lookOf(one);
    add(grounds, ground, square(x, y, cell));
    if (one.paired) add(outlines, ink, square(x + line, y + line, cell - 2 * line));
  }
  return [
    ...[...grounds].map(([fill, d]) =>
      tag("path", { d, fill, stroke: palette.grid, "stroke-width": precise(0.015 * cell) }),
    ),
    ...[...outlines].map(([stroke, d]) =>
      tag("path", { d, fill: "none", stroke, "stroke-width": precise(line) }),
    ),
    ...cells.map(({ one, x, y }) => {
      const { ink: fill } = lookOf(one);
      const dot = numbers
        ? { cx: x + 0.84 * cell, cy: y + 0.16 * cell, r: 0.07 * cell }
        : { cx: x + cell / 2, cy: y + cell / 2, r: cell / 6 };
      const middle = { x: x + cell / 2, y: y + 0.62 * cell, "text-anchor": "middle", fill };
      return (
        (one.best ? tag("circle", { ...dot, fill }) : "") +
        (numbers && one.text !== "" ? tag("text", middle, escaped(one.text)) : "")
      );
    }),
  ].join("");
}

/** Small squares meet only if they are placed to a hundredth. */
function precise(value: number): string {
  return String(Math.round(100 * value) / 100);
}

function paintScale(
  { kind, scale: [low, high] }: HeatMap,
  y: number,
  { padding, letters }: FigureSize,
): string {
  const text = kind === "penalty" ? signedPoints : similarityText;
  const [from, to] = [text(low), text(high)];
  const look = { y: y + 0.9 * letters, fill: palette.muted };
  const start = padding + widthOf(from, letters) + 0.6 * letters;
  const step = 0.32 * letters;
  const tall = 1.1 * letters;
  const steps = Array.from({ length: shadeCount + 1 }, (_, shade) =>
    tag("rect", {
      x: start + step * shade,
      y,
      // Under the next one, so that no seam shows.
      width: shade < shadeCount ? 2 * step : step,
      height: tall,
      fill: shadeOf(kind, "light", shade).ground,
    }),
  );
  const width = step * (shadeCount + 1);
  const frame = { x: start, y, width, height: tall, fill: "none", stroke: palette.muted };
  return [
    tag("text", { x: padding, ...look }, escaped(from)),
    ...steps,
    tag("rect", { ...frame, "stroke-width": 0.06 * letters }),
    tag("text", { x: start + width + 0.6 * letters, ...look }, escaped(to)),
  ].join("");
}
