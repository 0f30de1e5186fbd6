/** Colours of curves, wherever they are drawn. */

const hues = 6;

/** @param index place among the curves beside the first one */
export function curveColour(index: number): string {
  return `var(--curve-${String((index % hues) + 1)})`;
}

/** How often all hues have been used before this curve. */
export function hueRound(index: number): number {
  return Math.floor(index / hues);
}
