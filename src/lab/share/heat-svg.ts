/** A grid's heat map as an SVG file: title, names of layers, cells, scale and source. Always light. */
import type { Report } from "../../experiment/report";
import type { LabModel } from "../engine/models";
import { measureLabels } from "../format/labels";
import { signedPoints, similarityText } from "../format/numbers";
import { heatMapOf, type HeatCell, type HeatMap } from "../grid/heat-map";
import { shadeCount, shadeOf, type HeatKind } from "../grid/heat-scale";
import { askedSites, pairOf } from "../session/pair";
import { curveResults, emptyResults, withEvent } from "../session/results";
import { rowsOf } from "../session/rows";
import type { SvgPicture } from "./chart-svg";
import { escaped, linesOf, tag, widthOf } from "./svg-text";

const ink = "#1b2026";
const muted = "#55606c";
const padding = 16;

export const heatTitles = {
  penalty: "Stitching penalty, in percentage points",
  similarity: `Similarity: ${measureLabels.linearCka}`,
} as const satisfies Record<HeatKind, string>;

/** Null where one of the networks, and so the number of its layers, is not known here. */
export function gridMaps(report: Report, models: readonly LabModel[]): readonly HeatMap[] | null {
  const { spec } = report;
  const pair = pairOf(spec.curves[0], models);
  if (pair === null) return null;
  const results = curveResults(withEvent(emptyResults, { type: "finished", report }));
  const rows = rowsOf(results, askedSites(spec, pair));
  return [heatMapOf("penalty", pair, rows), heatMapOf("similarity", pair, rows)];
}

/** @param source written at the bottom: where the map can be had again */
export function heatSvg(map: HeatMap, source: string): SvgPicture {
  const { kind, columns, rows } = map;
  const cell = Math.min(44, Math.max(10, Math.floor(880 / columns.length)));
  const numbers = cell >= 36;
  const letters = Math.min(12, cell - 1);
  const longest = (names: readonly string[]): number =>
    Math.ceil(names.reduce((most, name) => Math.max(most, widthOf(name, letters)), 0));
  const left = padding + 18 + longest(rows.map(({ name }) => name)) + 8;
  const top = padding + 70 + longest(columns) + 8;
  const right = left + cell * columns.length;
  const bottom = top + cell * rows.length;
  const width = Math.max(560, right + padding);
  const notes = [
    "Rows: last layer of the bottom. Columns: layer of the top that it replaces. Outlined: same relative depth. Dot: best layer of the bottom for that layer of the top.",
    source,
  ].flatMap((note) => linesOf(note, width - 2 * padding, 11));
  const height = bottom + 14 + 15 * notes.length + padding;
  const words = (x: number, y: number, text: string, look: object = {}): string =>
    tag("text", { x, y, fill: muted, "font-size": letters, ...look }, escaped(text));
  const text = tag(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      "font-family": "Inter, system-ui, Helvetica, Arial, sans-serif",
    },
    tag("title", {}, escaped(heatTitles[kind])),
    tag("desc", {}, escaped(source)),
    tag("rect", { width: "100%", height: "100%", fill: "#ffffff" }),
    words(padding, padding + 16, heatTitles[kind], {
      fill: ink,
      "font-size": 16,
      "font-weight": 600,
    }),
    paintScale(map, padding + 30),
    ...columns.map((name, place) => {
      const [x, y] = [left + cell * (place + 0.5) + letters / 3, top - 6];
      return words(x, y, name, { transform: `rotate(-90 ${x} ${y})` });
    }),
    ...rows.map(({ name, cells }, row) => {
      const y = top + cell * row;
      return (
        words(left - 8, y + cell / 2 + letters / 3, name, { "text-anchor": "end" }) +
        cells
          .map((one, place) => paintCell(one, kind, left + cell * place, y, cell, numbers))
          .join("")
      );
    }),
    ...notes.map((note, line) =>
      words(padding, bottom + 25 + 15 * line, note, { "font-size": 11 }),
    ),
  );
  return { text, width, height };
}

function paintCell(
  { shade, text, paired, best }: HeatCell,
  kind: HeatKind,
  x: number,
  y: number,
  size: number,
  numbers: boolean,
): string {
  const look = shade === null ? { ground: "#ffffff", ink } : shadeOf(kind, "light", shade);
  const inset = numbers ? 1.5 : 0.75;
  return [
    tag("rect", {
      x,
      y,
      width: size,
      height: size,
      fill: look.ground,
      stroke: "#e6e9ed",
      "stroke-width": 0.5,
    }),
    paired
      ? tag("rect", {
          x: x + inset,
          y: y + inset,
          width: size - 2 * inset,
          height: size - 2 * inset,
          fill: "none",
          stroke: look.ink,
          "stroke-width": numbers ? 1.5 : 1,
        })
      : "",
    best
      ? tag("circle", {
          cx: numbers ? x + size - 7 : x + size / 2,
          cy: numbers ? y + 7 : y + size / 2,
          r: numbers ? 3 : size / 6,
          fill: look.ink,
        })
      : "",
    numbers && text !== ""
      ? tag(
          "text",
          {
            x: x + size / 2,
            y: y + size / 2 + 4,
            fill: look.ink,
            "font-size": 11,
            "text-anchor": "middle",
          },
          escaped(text),
        )
      : "",
  ].join("");
}

function paintScale({ kind, scale: [low, high] }: HeatMap, y: number): string {
  const text = kind === "penalty" ? signedPoints : similarityText;
  const [from, to] = [text(low), text(high)];
  const look = { y: y + 11, fill: muted, "font-size": 12 };
  const start = padding + widthOf(from, 12) + 8;
  const steps = Array.from({ length: shadeCount + 1 }, (_, shade) =>
    tag("rect", {
      x: start + 4 * shade,
      y,
      width: 4.2,
      height: 13,
      fill: shadeOf(kind, "light", shade).ground,
    }),
  );
  const width = 4 * (shadeCount + 1);
  return [
    tag("text", { x: padding, ...look }, escaped(from)),
    ...steps,
    tag("rect", { x: start, y, width, height: 13, fill: "none", stroke: "#7a8692" }),
    tag("text", { x: start + width + 8, ...look }, escaped(to)),
  ].join("");
}
