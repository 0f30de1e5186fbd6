/** The sites where the bottom of one network may be stitched to the top of another. */
import type { Architecture } from "../core/nets/architecture-schema";
import { tapsCorrespond, tapsOf, type Site } from "../core/nets/taps";
import type { ModelEntry } from "./default-pair";
import type { Spec } from "./spec";

/** A bottom tap, the top tap that it is fed into, and their name. */
export interface NamedSite extends Site {
  readonly name: string;
}

/** The sites where two networks may be stitched. */
export function sitesOf(
  bottom: Architecture,
  top: Architecture,
  layout: Spec["layout"],
): NamedSite[] {
  const bottomTaps = tapsOf(bottom);
  const topTaps = tapsOf(top);
  const sites = { diagonal: diagonalSites, grid: gridSites }[layout](bottom, top);
  return sites.map(({ bottomTap, topTap }) => {
    const from = bottomTaps[bottomTap]?.name ?? "";
    const to = topTaps[topTap]?.name ?? "";
    return { bottomTap, topTap, name: from === to ? to : `${from} into ${to}` };
  });
}

/**
 * The largest site number that every curve of a spec has; curves whose networks are not among the
 * models do not count. Null where none counts.
 */
export function lastSharedSite(
  { curves, layout }: Pick<Spec, "curves" | "layout">,
  models: readonly ModelEntry[],
): number | null {
  const counts = curves.flatMap((curve) => {
    const bottom = models.find(({ id }) => id === curve.bottom);
    const top = models.find(({ id }) => id === curve.top);
    return bottom && top ? [sitesOf(bottom.architecture, top.architecture, layout).length] : [];
  });
  return counts.length === 0 ? null : Math.min(...counts) - 1;
}

/**
 * Returns one site for each tap of the top: with the bottom's tap of the same number where the two
 * networks' taps correspond, otherwise with the one at the nearest share of the depth.
 */
export function diagonalSites(bottom: Architecture, top: Architecture): Site[] {
  const bottomTaps = tapsOf(bottom).length;
  const topTaps = tapsOf(top).length;
  return Array.from({ length: topTaps }, (_, topTap) => ({
    topTap,
    bottomTap: tapsCorrespond(bottom, top)
      ? topTap
      : Math.round((topTap * (bottomTaps - 1)) / Math.max(1, topTaps - 1)),
  }));
}

/** Returns a site for each pair of taps, those of the bottom's first tap first. */
export function gridSites(bottom: Architecture, top: Architecture): Site[] {
  return tapsOf(bottom).flatMap((_, bottomTap) =>
    tapsOf(top).map((__, topTap) => ({ bottomTap, topTap })),
  );
}
