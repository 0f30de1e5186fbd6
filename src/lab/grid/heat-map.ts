/** Every layer of the bottom with every layer of the top, as what a heat map shows. */
import { tapsOf } from "../../core/nets/taps";
import { sitesOf } from "../../experiment/sites";
import { failureText } from "../format/errors";
import { deviation, signedPoints, similarityText } from "../format/numbers";
import type { ModelPair } from "../session/experiment/pair";
import type { Row } from "../session/results/rows";
import { shadeAt, type HeatKind } from "./heat-scale";

export interface HeatCell {
  readonly site: number;
  readonly name: string;
  /** Short, for a cell; empty until it arrives. */
  readonly text: string;
  /** Complete, for readers, tooltips and the line above the maps. */
  readonly words: string;
  /** See `shadeAt`; null without a value. */
  readonly shade: number | null;
  /** Whether the bottom's layer is the one that the diagonal pairs with the top's. */
  readonly paired: boolean;
  /** Whether no other layer of the bottom does better with this layer of the top. */
  readonly best: boolean;
  /** Whether its stitch is scored. */
  readonly scored: boolean;
}

export interface HeatMap {
  readonly kind: HeatKind;
  /** The top's layers. */
  readonly columns: readonly string[];
  /** The bottom's. */
  readonly rows: readonly HeatRowData[];
  /** Values of the first and the last shade. */
  readonly scale: readonly [number, number];
}

export interface HeatRowData {
  readonly name: string;
  readonly cells: readonly HeatCell[];
}

/** So that noise on a nearly constant map is not the strongest colour, as fractions. */
const leastRange: Readonly<Record<HeatKind, number>> = { penalty: 0.02, similarity: 0.1 };

/** @param rows one a cell: the bottom's first layer with every layer of the top, then its second */
export function heatMapOf(kind: HeatKind, pair: ModelPair, rows: readonly Row[]): HeatMap {
  const bottom = tapsOf(pair.bottom.architecture);
  const top = tapsOf(pair.top.architecture);
  const bySite = new Map(rows.map((row) => [row.site, row]));
  const partners = sitesOf(pair.bottom.architecture, pair.top.architecture, "diagonal");
  const valueAt = (from: number, to: number): number | null => {
    const row = bySite.get(from * top.length + to);
    return row ? valueOf(kind, row) : null;
  };
  const best = top.map((_, to) =>
    bestOf(
      kind,
      bottom.map((__, from) => valueAt(from, to)),
    ),
  );
  const scale = scaleOf(
    kind,
    rows.flatMap((row) => valueOf(kind, row) ?? []),
  );
  return {
    kind,
    scale,
    columns: top.map(({ name }) => name),
    rows: bottom.map(({ name }, from) => ({
      name,
      cells: top.map((_, to) => {
        const site = from * top.length + to;
        const row = bySite.get(site);
        const value = valueAt(from, to);
        return {
          site,
          name: row?.name ?? "",
          ...wordsOf(kind, row, value),
          shade: value === null ? null : shadeAt(value, scale),
          paired: partners[to]?.bottomTap === from,
          best: best[to] === from,
          scored: Boolean(row?.penalty),
        };
      }),
    })),
  };
}

function valueOf(kind: HeatKind, row: Row): number | null {
  if (kind === "similarity") {
    return row.similarity.status === "known" ? row.similarity.value : null;
  }
  return row.failure ? null : (row.penalty?.value ?? null);
}

function wordsOf(
  kind: HeatKind,
  row: Row | undefined,
  value: number | null,
): Pick<HeatCell, "text" | "words"> {
  if (row === undefined) return { text: "", words: "" };
  if (value !== null && kind === "similarity") {
    return { text: value.toFixed(2).replace("-", "−"), words: similarityText(value) };
  }
  if (value !== null) {
    const standardError = row.penalty?.standardError ?? null;
    return {
      text: signedPoints(value),
      words: `${signedPoints(value)}${deviation(standardError)}`,
    };
  }
  if (kind === "similarity") {
    const { status } = row.similarity;
    if (status === "undefined") {
      return { text: "n/a", words: "undefined: one of the two layers does not vary" };
    }
    return status === "unmeasured"
      ? { text: "n/a", words: "not measured: the result is of an older version" }
      : { text: "", words: "" };
  }
  return row.failure
    ? { text: "none", words: `no stitch: ${failureText(row.failure)}` }
    : { text: "", words: "" };
}

/** The place of a column's lowest penalty or highest similarity; the first one of equals. */
function bestOf(kind: HeatKind, column: readonly (number | null)[]): number | null {
  const better = (a: number, b: number): boolean => (kind === "penalty" ? a < b : a > b);
  let found: { place: number; value: number } | null = null;
  for (const [place, value] of column.entries()) {
    if (value !== null && (found === null || better(value, found.value))) found = { place, value };
  }
  return found?.place ?? null;
}

/** All of the values; penalties with zero, the top as it is. */
function scaleOf(kind: HeatKind, values: readonly number[]): readonly [number, number] {
  // As arguments of one call, a large grid's values would exceed the stack.
  const lowest = values.reduce((least, value) => Math.min(least, value), Infinity);
  const highest = values.reduce((most, value) => Math.max(most, value), -Infinity);
  if (values.length === 0) return [0, leastRange[kind]];
  if (kind === "penalty") {
    const low = Math.min(0, lowest);
    return [low, Math.max(low + leastRange.penalty, highest)];
  }
  return [Math.min(lowest, highest - leastRange.similarity), highest];
}

/** Sizes of a map in CSS pixels. */
export interface HeatLayout {
  /** Of a cell, without the gap next to it. */
  readonly cell: { readonly width: number; readonly height: number };
  /** Of the column of names. */
  readonly names: number;
  readonly numbers: boolean;
  /** Whether the names of columns are turned. */
  readonly turned: boolean;
  /** One name is written in so many columns, or rows. */
  readonly every: { readonly column: number; readonly row: number };
}

const heatGap = 1;
const widest = 72;
const highest = 36;
/** Room for "+12.3" in the maps' letters. */
const roomForNumbers = 38;
const nameHeight = 15;
const letter = 6.6;

/**
 * @param width that a map may take
 * @param finger whether cells are pressed with a finger and not with a mouse
 */
export function heatLayout(
  width: number,
  { columns, rows }: Pick<HeatMap, "columns" | "rows">,
  finger: boolean,
): HeatLayout {
  const longest = (texts: readonly string[]): number =>
    texts.reduce((most, text) => Math.max(most, text.length), 0);
  const names = 14 + Math.ceil(letter * Math.max(8, longest(rows.map(({ name }) => name))));
  const room = Math.floor((width - names) / columns.length) - heatGap;
  const cell = Math.min(widest, Math.max(finger ? 24 : 9, room));
  const height = Math.min(highest, cell);
  return {
    names,
    cell: { width: cell, height },
    numbers: cell >= roomForNumbers,
    turned: cell < 4 + letter * longest(columns),
    every: {
      column: Math.ceil(nameHeight / (cell + heatGap)),
      row: Math.ceil(nameHeight / (height + heatGap)),
    },
  };
}
