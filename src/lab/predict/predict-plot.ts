/** The plot of a prediction, on the scale and the layer axis of the picture. */
import type { TargetWords } from "../format/target-words";
import { signed } from "../format/numbers";
import { slotPercent, valuePercent } from "../picture/plots/layer-plot";
import type { LayerAxis, PlotCurve, PlotLabel } from "../picture/plots/layer-plot";
import { paddedScale, type PlotScale } from "../picture/model/plot-scale";
import type { Row } from "../session/results/rows";
import { penaltyAt, type Prediction } from "./prediction";

export interface PredictPlot extends PlotScale {
  /** The drawn curve; once revealed, also what was found. */
  readonly curves: readonly PlotCurve[];
  readonly labels: readonly PlotLabel[];
}

/**
 * @param rows of the curve that is predicted, whose top has a slot for each of its layers
 * @param room points that the empty plot reaches up to; null once the result is revealed
 */
export function predictPlot(
  rows: readonly Row[],
  prediction: Prediction,
  words: TargetWords,
  room: number | null,
): PredictPlot {
  const drawn = curveOf(rows, "your prediction", ({ site }) => prediction.get(site) ?? null);
  const found = room === null ? curveOf(rows, "result", penaltyAt) : null;
  const values = [drawn, ...(found ? [found] : [])].flatMap(({ points }) =>
    points.flatMap(({ value }) => value ?? []),
  );
  const scale = paddedScale([...values, ...(room === null ? [] : [-room / 5, room])]);
  const curves = [
    ...(found ? [{ ...found, look: { colour: "stitch", width: 3 } as const }] : []),
    drawn,
  ];
  return {
    ...scale,
    curves,
    labels: [
      ...curves.filter(({ points }) => points.some(({ value }) => value !== null)).map(labelOf),
      {
        name: "0 = as good as A alone",
        title: words.topTitle,
        colour: "top",
        value: 0,
        valueAt: null,
        curve: null,
      },
    ],
  };
}

function curveOf(
  rows: readonly Row[],
  name: string,
  valueOf: (row: Row) => number | null,
): PlotCurve {
  return {
    index: 0,
    name,
    look: { colour: "curve-2", width: 3, dashes: "9 5" },
    marker: "dot",
    ribbon: false,
    points: rows.map((row) => ({
      at: row.site,
      site: row.site,
      layer: row.name,
      value: valueOf(row),
      standardError: null,
    })),
  };
}

function labelOf({ name, look, points }: PlotCurve): PlotLabel {
  return {
    name,
    title: name,
    colour: look.colour,
    value: points.findLast(({ value }) => value !== null)?.value ?? null,
    valueAt: new Map(
      points.flatMap(({ site, value }) => (value === null ? [] : [[site, signed(value, 1)]])),
    ),
    curve: null,
  };
}

/**
 * Returns the area between the two curves of a revealed plot, as a path in percent of the plot. A
 * layer that one of them lacks ends a piece of it.
 */
export function gapPath({ curves, domain }: PredictPlot, axis: LayerAxis): string {
  const [found, drawn] = curves;
  if (!found || !drawn) return "";
  const pieces: { x: number; a: number; b: number }[][] = [[]];
  found.points.forEach(({ at, value }, place) => {
    const other = drawn.points[place]?.value ?? null;
    if (value === null || other === null) {
      pieces.push([]);
      return;
    }
    pieces.at(-1)?.push({
      x: slotPercent(at, axis),
      a: valuePercent(value, domain),
      b: valuePercent(other, domain),
    });
  });
  const text = (points: readonly (readonly [number, number])[]): string =>
    points.map(([x, y]) => `${round(x)} ${round(y)}`).join("L");
  return pieces
    .filter((piece) => piece.length > 1)
    .map((piece) => {
      const there = piece.map(({ x, a }) => [x, a] as const);
      const back = piece.toReversed().map(({ x, b }) => [x, b] as const);
      return `M${text([...there, ...back])}Z`;
    })
    .join("");
}

function round(value: number): number {
  return Math.round(100 * value) / 100;
}
