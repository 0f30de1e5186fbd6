/** How curves are distinguished, and how lines become paths. */
import { cssColour, type ColourRole } from "./description";

const hues = 6;

/** @param index place among the curves after the first one */
export function curveRole(index: number): ColourRole {
  return `curve-${(index % hues) + 1}`;
}

export function curveColour(index: number): string {
  return cssColour(curveRole(index));
}

/** Outlines within ±1, the next shape for every next curve. */
const outlines = [
  "M-1 -1H1V1H-1Z",
  "M0 -1.3L1.2 0.9H-1.2Z",
  "M0 -1.35L1.35 0L0 1.35L-1.35 0Z",
  "M0 1.3L1.2 -0.9H-1.2Z",
  "M-1 -0.35H-0.35V-1H0.35V-0.35H1V0.35H0.35V1H-0.35V0.35H-1Z",
  "M-1.1 -1.1L1.1 1.1M1.1 -1.1L-1.1 1.1",
] as const;

/** The marker of a curve, centred on 0, 0; to be drawn `markerRadius` times as large. */
export function markerOutline(index: number): string {
  // Hues repeat after six, markers one place further on: no two curves look the same.
  const hueRound = Math.floor(index / hues);
  return outlines[(index + hueRound) % outlines.length] ?? outlines[0];
}

export const markerRadius = 4;
/** Of its edge, before it is drawn larger. */
export const markerEdge = 0.4;

/** Lines between neighbours that are both there. @param points as [x, y] */
export function linePath(points: readonly (readonly [number, number] | null)[]): string {
  return points
    .map((point, index) => {
      if (point === null) return "";
      const begins = index === 0 || points[index - 1] === null;
      return `${begins ? "M" : "L"}${point[0]} ${point[1]}`;
    })
    .join("");
}
