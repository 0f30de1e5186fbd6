/** Curves as SVG paths. */

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
