/** The layer axis that the charts share: same margins, same ends, same ticks. */
import type { ReactNode } from "react";
import type { Tap } from "../../../core/nets/architecture";
import { pointsAsked, type ChartPoint } from "./chart-data";
import { bareAxis, chartMargin, valuePadding } from "./axes";
import { useChartSizes, type ChartSizes } from "./chart-sizes";

/** @param labels whether curves have their names beside them */
export function marginFor(labels: boolean, { labelsWidth }: ChartSizes): typeof chartMargin {
  return labels ? { ...chartMargin, right: labelsWidth } : chartMargin;
}

export const valueAxisPadding = { top: valuePadding, bottom: valuePadding };

/** More names than these do not fit side by side in a narrow chart, and are shortened there. */
const fewLayers = 5;

/** More names than these fit nowhere: their numbers stand alone. */
const someLayers = 12;
/** More numbers than these do not fit side by side on a phone. */
const mostNumbers = 15;

/** Layers that are named on the axis: those asked for, or of very many every second, every third, and so on. */
export function layersNamed(points: readonly ChartPoint[]): readonly number[] {
  const asked = pointsAsked(points);
  const named = asked.length > 0 ? asked : points;
  const step = Math.ceil(named.length / mostNumbers);
  return named.filter((_, at) => at % step === 0).map(({ site }) => site);
}

/** Classes of what charts stand in, which the style sheet shortens names by. */
export function chartsClass(points: readonly ChartPoint[]): string {
  const { length } = pointsAsked(points);
  if (length > someLayers) return "charts many-layers numbers-alone";
  return length > fewLayers ? "charts many-layers" : "charts";
}

/** Hovering in one chart shows the same layer in the other. */
export const syncId = "layer";

/** Layers' worth of room before the first and after the last one: half of a name among many layers, too. */
export function endRoom(layers: number): number {
  return Math.max(0.4, 0.035 * layers);
}

/** Properties of the layer axis, by site number. */
export function layerAxis(points: readonly ChartPoint[]) {
  return {
    dataKey: "site",
    type: "number",
    domain: [-endRoom(points.length), points.length - 1 + endRoom(points.length)],
    ticks: [...layersNamed(points)],
    interval: 0,
    ...bareAxis,
  } as const;
}

interface TickProps {
  readonly x?: string | number;
  readonly y?: string | number;
  readonly payload?: { readonly value: number };
  readonly sites: readonly Tap[];
}

/** What most names begin with, "block" of "block 3"; null where they have no number. */
export function commonWord(sites: readonly Tap[]): string | null {
  return /^(.+) \d+$/.exec(sites.at(-1)?.name ?? "")?.[1] ?? null;
}

/** "block 3" → ["block ", "3"]; a name of one word is the second part. */
export function nameParts(name: string): readonly [word: string, rest: string] {
  const space = name.lastIndexOf(" ") + 1;
  return [name.slice(0, space), name.slice(space)];
}

/** A layer's name. Where room is short the style sheet hides the word before a number. */
export function LayerTick({ x, y, payload, sites }: TickProps): ReactNode {
  const { namesDrop } = useChartSizes();
  const [word, number] = nameParts(sites[payload?.value ?? -1]?.name ?? "");
  return (
    <text className="layer-tick" x={x} y={Number(y ?? 0) + namesDrop} textAnchor="middle">
      {word !== "" && <tspan className="layer-word">{word}</tspan>}
      <tspan>{number}</tspan>
    </text>
  );
}
