/** Which bottom tap meets which top tap. */
import { tapsCorrespond, tapsOf, type Architecture, type Site } from "../core/nets/architecture";

/**
 * One cell a tap of the top: the bottom's tap at the same place where the two correspond, otherwise the one at the
 * nearest share of the depth.
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

/** Every bottom tap with every top tap, the bottom's first tap first. */
export function gridSites(bottom: Architecture, top: Architecture): Site[] {
  return tapsOf(bottom).flatMap((_, bottomTap) =>
    tapsOf(top).map((__, topTap) => ({ bottomTap, topTap })),
  );
}
