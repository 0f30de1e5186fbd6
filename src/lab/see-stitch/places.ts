/** The sites of two networks, by the names of the layers that meet there. */
import { tapsOf } from "../../core/nets/taps";
import { sitesOf } from "../../experiment/sites";
import type { Spec } from "../../experiment/spec";
import type { ModelPair } from "../session/experiment/pair";

export interface Place {
  /** Names of B's layer and of A's. */
  readonly bottom: string;
  readonly top: string;
  /** min(c₁, c₂): the highest rank of a stitch. */
  readonly mostRank: number;
}

/** In the order of the sites. */
export function placesOf({ bottom, top }: ModelPair, layout: Spec["layout"]): readonly Place[] {
  const [below, above] = [tapsOf(bottom.architecture), tapsOf(top.architecture)];
  return sitesOf(bottom.architecture, top.architecture, layout).map(({ bottomTap, topTap }) => {
    const [from, to] = [below[bottomTap], above[topTap]];
    return {
      bottom: from?.name ?? "",
      top: to?.name ?? "",
      mostRank: Math.min(from?.channels ?? 1, to?.channels ?? 1),
    };
  });
}

/** "after block 3", or "from B’s embedding into A’s stem". */
export function placeInWords({ bottom, top }: Place): string {
  return bottom === top ? `after ${top}` : `from B’s ${bottom} into A’s ${top}`;
}

/** As short as tells the places apart: where each of A's layers is there once, its name. */
export function placeLabels(places: readonly Place[]): readonly string[] {
  const once = new Set(places.map(({ top }) => top)).size === places.length;
  return places.map(({ bottom, top }) => (once ? top : `${bottom} → ${top}`));
}
