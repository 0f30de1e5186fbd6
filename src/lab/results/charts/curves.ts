/** How curves are drawn: their colours and lines. */

const hues = 6;

/** @param index place among the curves beside the first one */
export function curveColour(index: number): string {
  return `var(--curve-${String((index % hues) + 1)})`;
}

/** How often all hues have been used before this curve. */
export function hueRound(index: number): number {
  return Math.floor(index / hues);
}

/** Lines between neighbours that are both there. @param points as [x, y], in the order of the layers */
export function linePath(points: readonly (readonly [number, number] | null)[]): string {
  return points
    .map((point, index) => {
      if (point === null) return "";
      const begins = index === 0 || points[index - 1] === null;
      return `${begins ? "M" : "L"}${String(point[0])} ${String(point[1])}`;
    })
    .join("");
}
