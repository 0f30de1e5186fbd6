/** A channel's weights in words. */
import { number } from "../../format/numbers";
import type { ShownChannels } from "./channels";

/** A channel that is pointed at. */
export interface Highlight {
  readonly side: "source" | "target";
  /** Position among those shown. */
  readonly at: number;
}

/** The largest weights of a channel: "from B’s channels 3 (+0.82), 7 (−0.31)". */
export function weightsInWords(shown: ShownChannels, side: Highlight["side"], at: number): string {
  const list = largestWeights(shown, side, at);
  if (list === "") return "only small weights";
  return side === "source" ? `to A’s channels ${list}` : `from B’s channels ${list}`;
}

/** "3 (+0.82), 7 (−0.31)"; empty where no weight is large enough to be drawn. */
export function largestWeights(
  { sources, targets, ribbons }: ShownChannels,
  side: Highlight["side"],
  at: number,
): string {
  const [other, ends] =
    side === "source" ? (["target", targets] as const) : (["source", sources] as const);
  return ribbons
    .filter((ribbon) => ribbon[side] === at)
    .slice(-3)
    .reverse()
    .map((ribbon) => `${ends[ribbon[other]] ?? ""} (${signedNumber(ribbon.weight)})`)
    .join(", ");
}

function signedNumber(value: number): string {
  return value < 0 ? number(value) : `+${number(value)}`;
}
