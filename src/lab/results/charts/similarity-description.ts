/** The chart of similarities, with the level of unrelated representations. */
import { similarityText } from "../../format/numbers";
import { layerAxis, plainTick, scaledAxis } from "./axes";
import type { ChartDescription, LegendEntry, Look } from "./description";
import { similarityScale } from "./layer-scales";
import {
  curve,
  endLabels,
  level,
  otherEntries,
  otherSeries,
  positions,
  shownOf,
  type LayerChartData,
} from "./layer-series";
import { pageSizes } from "./layout";

const similarityLook: Look = { colour: "similarity", width: 2.5, marker: "dot" };
const chanceLook: Look = { colour: "muted", width: 1.5, dashes: "2 4" };

export function similarityChart(data: LayerChartData): ChartDescription {
  const { title, sites, points, label } = data;
  const others = shownOf(data);
  const scale = similarityScale(points, others);
  const chance = curve("chance level", chanceLook, points, (point) => ({ y: point.chance }));
  const levels = chance.points.flatMap(({ y }) => y ?? []);
  // A line has no length over one layer.
  const alone = chance.points.length === 1;
  return {
    title,
    ariaLabel: "Similarity by layer; the arrow keys go from layer to layer",
    height: pageSizes.similarityHeight,
    x: layerAxis(sites, points),
    y: scaledAxis(scale, plainTick),
    lines: [
      ...(scale.domain[0] < 0 ? [level(0, { colour: "muted", width: 1 })] : []),
      ...(alone ? levels.map((y) => level(y, chanceLook)) : []),
    ],
    series: [
      ...others.map(otherSeries),
      ...(alone ? [] : [chance]),
      {
        ...curve(label ?? "similarity", similarityLook, points, ({ similarity: y }) => ({ y })),
        curve: 0,
      },
    ],
    ends: endLabels(
      data,
      similarityLook,
      points.map(({ similarity }) => similarity),
    ),
    legend: [
      ...(label === null ? [] : [{ name: label, look: similarityLook }]),
      ...otherEntries(data),
      ...levels.slice(0, 1).map((): LegendEntry => ({
        name: "chance level: unrelated representations",
        look: chanceLook,
        term: "chance",
      })),
    ],
    positions: positions(data, (point) => [
      point.similarity === null ? null : `similarity ${similarityText(point.similarity)}`,
      point.similarityUndefined ? "undefined" : null,
      point.chance === null ? null : `chance level ${similarityText(point.chance)}`,
    ]),
  };
}
