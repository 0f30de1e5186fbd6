/** The layer axis that the charts share: same margins, same ends, same ticks. */
import type { ReactNode } from "react";
import type { Tap } from "../../core/nets/architecture";
import { bareAxis, chartMargin, valuePadding } from "./axes";
import { useMeasures, type Measures } from "./measures";

/** @param labels whether curves have their names beside them */
export function marginFor(labels: boolean, { labelsWidth }: Measures): typeof chartMargin {
  return labels ? { ...chartMargin, right: labelsWidth } : chartMargin;
}

export const valueAxisPadding = { top: valuePadding, bottom: valuePadding };

/** More names than these do not fit side by side in a narrow chart, and are shortened there. */
export const fewLayers = 5;

/** Hovering in one chart shows the same layer in the other. */
export const syncId = "layer";

/** Properties of the layer axis, by tap number. */
export function layerAxis(taps: readonly Tap[]) {
  return {
    dataKey: "tap",
    type: "number",
    domain: [-0.4, taps.length - 0.6],
    ticks: taps.map(({ index }) => index),
    interval: 0,
    ...bareAxis,
  } as const;
}

interface TickProps {
  readonly x?: string | number;
  readonly y?: string | number;
  readonly payload?: { readonly value: number };
  readonly taps: readonly Tap[];
}

/** What most names begin with, "block" of "block 3"; null where they have no number. */
export function commonWord(taps: readonly Tap[]): string | null {
  return /^(.+) \d+$/.exec(taps.at(-1)?.name ?? "")?.[1] ?? null;
}

/** "block 3" → ["block ", "3"]; a name of one word is the second part. */
export function nameParts(name: string): readonly [word: string, rest: string] {
  const space = name.lastIndexOf(" ") + 1;
  return [name.slice(0, space), name.slice(space)];
}

/** A layer's name. Where room is short the style sheet hides the word before a number. */
export function LayerTick({ x, y, payload, taps }: TickProps): ReactNode {
  const { namesDrop } = useMeasures();
  const [word, number] = nameParts(taps[payload?.value ?? -1]?.name ?? "");
  return (
    <text className="layer-tick" x={x} y={Number(y ?? 0) + namesDrop} textAnchor="middle">
      {word !== "" && <tspan className="layer-word">{word}</tspan>}
      <tspan>{number}</tspan>
    </text>
  );
}
