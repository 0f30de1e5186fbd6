/** The chart of stitching penalties, in percentage points. */
import { percent, signed, signedPoints } from "../../format/numbers";
import { layerAxis, scaledAxis } from "./axes";
import type { ChartDescription, LegendEntry, Look } from "./description";
import { penaltyScale } from "./layer-scales";
import {
  curve,
  endLabels,
  level,
  otherEntries,
  otherLook,
  otherSeries,
  positions,
  shownOf,
  type LayerChartData,
} from "./layer-series";
import { pageSizes } from "./layout";

export interface PenaltyChartData extends LayerChartData {
  readonly trained: boolean;
  /** Fractions; null until they are known, or where they have nothing to do with each other. */
  readonly topError: number | null;
  readonly bottomError: number | null;
}

const stitchLook: Look = { colour: "stitch", width: 2.5, marker: "dot" };
const topLook: Look = { colour: "top", width: 2 };
const bottomLook: Look = { colour: "bottom", width: 2, dashes: "7 5" };

export function penaltyChart(data: PenaltyChartData): ChartDescription {
  const { title, sites, points, label, trained, topError, bottomError } = data;
  const others = shownOf(data);
  const difference = topError === null || bottomError === null ? null : bottomError - topError;
  const bottomAt = difference && 100 * difference;
  const before: LegendEntry = {
    name: "least-squares stitch, before training",
    look: { colour: "stitch-light", width: 2, dashes: "2 4", marker: "ring" },
    term: "leastSquares",
  };
  return {
    title,
    ariaLabel: "Penalty by layer; the arrow keys go from layer to layer",
    height: pageSizes.penaltyHeight,
    x: layerAxis(sites, points),
    y: scaledAxis(penaltyScale(points, others, bottomAt), signed),
    lines: [level(0, topLook), ...(bottomAt === null ? [] : [level(bottomAt, bottomLook)])],
    series: [
      ...others.map(otherSeries),
      ...(trained
        ? [curve(before.name, before.look, points, ({ leastSquares: y }) => ({ y }))]
        : []),
      {
        ...curve(label ?? "penalty", stitchLook, points, ({ penalty: y, standardError }) => ({
          y,
          standardError,
        })),
        curve: 0,
      },
    ],
    ends: endLabels(
      data,
      stitchLook,
      points.map(({ penalty, leastSquares }) => penalty ?? leastSquares),
    ),
    legend: [
      {
        name: `${label === null ? "" : `${label}: `}${trained ? "trained" : "least-squares"} stitch, bars ± 1 standard error`,
        look: stitchLook,
        term: "standardError",
      },
      ...otherEntries(data),
      ...(trained ? [before] : []),
      {
        name: `top network’s own error${topError === null ? "" : ` (${percent(topError)})`}`,
        look: topLook,
      },
      ...(difference === null
        ? []
        : [
            {
              name: `bottom network’s own error (${signedPoints(difference)} vs. top)`,
              look: bottomLook,
            },
          ]),
    ],
    positions: positions(data, ({ penalty, standardError, leastSquares }) => [
      penalty === null
        ? null
        : `${signedPoints(penalty / 100)} ± ${(standardError ?? 0).toFixed(1)} points`,
      trained && leastSquares !== null ? `least squares ${signedPoints(leastSquares / 100)}` : null,
    ]),
  };
}

/** A legend that names curves and nothing else. */
export function curveLegend({ label, others }: LayerChartData): readonly LegendEntry[] {
  return [
    { name: label ?? "penalty", look: stitchLook },
    ...others.map((other) => ({ name: other.label, look: otherLook(other) })),
  ];
}
