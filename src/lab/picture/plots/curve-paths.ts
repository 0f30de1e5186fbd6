/** A curve as the paths of an SVG, for the page and for the exported file. */
import { drawnPoints, type PlotCurve } from "./layer-plot";

export interface CurvePaths {
  readonly line: string;
  /** One standard error to either side. */
  readonly ribbon: string;
  /** Middles of the points that have a value. */
  readonly dots: readonly { readonly x: string; readonly y: string }[];
}

/** Places in the drawing. */
export interface CurveScales {
  readonly x: (at: number) => string;
  readonly y: (value: number) => string;
}

/** Lines and ribbons end at a gap and begin again after it. */
export function curvePaths(
  curve: Pick<PlotCurve, "points" | "ends">,
  { x, y }: CurveScales,
): CurvePaths {
  const runs = runsOf(curve);
  return {
    line: runs
      .map((run) => `M${run.map(({ at, value }) => `${x(at)} ${y(value)}`).join("L")}`)
      .join(""),
    ribbon: runs
      .map((run) => {
        const above = run.map(({ at, value, error }) => `${x(at)} ${y(value + error)}`);
        const below = run.map(({ at, value, error }) => `${x(at)} ${y(value - error)}`);
        return `M${[...above, ...below.toReversed()].join("L")}Z`;
      })
      .join(""),
    dots: runs.flat().map(({ at, value }) => ({ x: x(at), y: y(value) })),
  };
}

interface KnownPoint {
  readonly at: number;
  readonly value: number;
  readonly error: number;
}

/** Neighbours that have a value. */
function runsOf(curve: Pick<PlotCurve, "points" | "ends">): readonly KnownPoint[][] {
  const runs: KnownPoint[][] = [[]];
  for (const { at, value, standardError } of drawnPoints(curve)) {
    if (value === null) runs.push([]);
    else runs.at(-1)?.push({ at, value, error: standardError ?? 0 });
  }
  return runs.filter((run) => run.length > 0);
}
