/** Axes of a chart's description: round values, and the layers' names. */
import type { Tap } from "../../../core/nets/architecture";
import { pointsAsked, type LayerPoint } from "./chart-data";
import type { Axis, ShortNames } from "./description";
import type { Scale } from "./scale";

export function scaledAxis({ domain, ticks }: Scale, text: (value: number) => string): Axis {
  return { domain, ticks: ticks.map((at) => ({ at, text: text(at) })), grid: true, title: null };
}

/** With a real minus sign. */
export function plainTick(value: number): string {
  return String(value).replace("-", "−");
}

/** More names than these do not fit side by side in a narrow chart, and are shortened there. */
const fewLayers = 5;
/** More names than this never fit: the numbers appear alone. */
const someLayers = 12;
/** More numbers than these do not fit side by side on a phone. */
const mostNumbers = 15;

export function layerAxis(sites: readonly Tap[], points: readonly LayerPoint[]): Axis {
  const room = endRoom(sites.length);
  const shortNames = shortNamesOf(sites, pointsAsked(points).length);
  return {
    domain: [-room, sites.length - 1 + room],
    ticks: layersNamed(points).map((at) => ({ at, text: sites[at]?.name ?? "" })),
    grid: true,
    title: "Stitched after layer, from input to output",
    ...(shortNames && { shortNames }),
  };
}

/**
 * Layers named on the axis: those asked for, or of very many every second, every third, and so on.
 */
function layersNamed(points: readonly LayerPoint[]): readonly number[] {
  const asked = pointsAsked(points);
  const named = asked.length > 0 ? asked : points;
  const step = Math.ceil(named.length / mostNumbers);
  return named.filter((_, at) => at % step === 0).map(({ site }) => site);
}

function shortNamesOf(sites: readonly Tap[], asked: number): ShortNames | null {
  if (asked <= fewLayers) return null;
  // What most names begin with, "block" of "block 3".
  const word = /^(.+) \d+$/.exec(sites.at(-1)?.name ?? "")?.[1];
  return {
    when: asked > someLayers ? "always" : "narrow",
    note: word === undefined ? null : `(numbers are ${word}s)`,
  };
}

/**
 * Layers' worth of room before the first and after the last one: half of a name among many layers,
 * too.
 */
function endRoom(layers: number): number {
  return Math.max(0.4, 0.035 * layers);
}

/** Classes of what a chart of layers is in; the style sheet shortens names by them. */
export function chartsClass({ shortNames }: Axis): string {
  if (!shortNames) return "charts";
  return shortNames.when === "always" ? "charts many-layers numbers-alone" : "charts many-layers";
}

/** "block 3" → ["block ", "3"]; a name of one word is the second part. */
export function nameParts(name: string): readonly [word: string, rest: string] {
  const space = name.lastIndexOf(" ") + 1;
  return [name.slice(0, space), name.slice(space)];
}
