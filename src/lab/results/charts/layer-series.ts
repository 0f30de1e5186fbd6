/** What the descriptions of the two charts of layers have in common. */
import type { Tap } from "../../../core/nets/architecture";
import { pointsAsked, type LayerPoint, type OtherCurve } from "./chart-data";
import { curveRole } from "./curves";
import type {
  ChartDescription,
  LegendEntry,
  Look,
  Position,
  ReferenceLine,
  Series,
  SeriesPoint,
} from "./description";

export interface LayerChartData {
  readonly title: string;
  /** The layer axis: the first curve's. */
  readonly sites: readonly Tap[];
  /** One for each layer of the axis. */
  readonly points: readonly LayerPoint[];
  readonly others: readonly OtherCurve[];
  /** Labels of those of them that are taken out of the chart. */
  readonly hidden?: ReadonlySet<string>;
  /** The first curve's name where there are others; null where it is alone. */
  readonly label: string | null;
}

export function shownOf({ others, hidden }: LayerChartData): readonly OtherCurve[] {
  return others.filter(({ label }) => hidden?.has(label) !== true);
}

/** A line over the layers that were asked for. */
export function curve(
  name: string,
  look: Look,
  points: readonly LayerPoint[],
  valueOf: (point: LayerPoint) => Pick<SeriesPoint, "y" | "standardError">,
): Series {
  return {
    kind: "line",
    name,
    look,
    points: pointsAsked(points).map((point) => ({
      x: point.site,
      site: point.site,
      ...valueOf(point),
    })),
  };
}

export function level(at: number, look: Look): ReferenceLine {
  return { axis: "y", at, look };
}

export function otherLook({ index }: OtherCurve): Look {
  return { colour: curveRole(index), width: 2, marker: index };
}

export function otherSeries(other: OtherCurve): Series {
  const { label: name, index, points } = other;
  return { kind: "line", name, look: otherLook(other), curve: index + 1, points };
}

export function otherEntries({ others, hidden }: LayerChartData): readonly LegendEntry[] {
  return others.map((other) => ({
    name: other.label,
    look: otherLook(other),
    toggle: { label: other.label, shown: hidden?.has(other.label) !== true },
  }));
}

/** Every curve's last known value, the first curve's first. */
export function endLabels(
  data: LayerChartData,
  look: Look,
  values: readonly (number | null)[],
): ChartDescription["ends"] {
  const { label } = data;
  const others = shownOf(data);
  if (label === null || others.length === 0) return [];
  const last = (known: readonly (number | null)[]): number | null =>
    known.findLast((value) => value !== null) ?? null;
  return [
    { text: label, colour: look.colour, y: last(values) },
    ...others.map((other) => ({
      text: other.label,
      colour: curveRole(other.index),
      y: last(other.points.map(({ y }) => y)),
    })),
  ];
}

/** @param details of a layer; null for a line that it does not have */
export function positions(
  { points, label }: LayerChartData,
  details: (point: LayerPoint) => readonly (string | null)[],
): readonly Position[] {
  return pointsAsked(points).map((point) => ({
    at: point.site,
    title: point.name,
    details: [label, ...details(point)].filter((line) => line !== null),
  }));
}
