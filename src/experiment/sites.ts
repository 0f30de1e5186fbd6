/** Which bottom site meets which top site. */
import { tapsCorrespond, tapsOf, type Architecture, type Site } from "../core/nets/architecture";

/**
 * One cell a site of the top: the bottom's site at the same place where the two correspond,
 * otherwise the one at the nearest share of the depth.
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

/** Every bottom site with every top site, the bottom's first site first. */
export function gridSites(bottom: Architecture, top: Architecture): Site[] {
  return tapsOf(bottom).flatMap((_, bottomTap) =>
    tapsOf(top).map((__, topTap) => ({ bottomTap, topTap })),
  );
}
