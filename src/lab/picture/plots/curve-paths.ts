/** A curve as the paths of an SVG, for the page and for the exported file. */
import { drawnPoints, type PlotBand, type PlotCurve } from "./layer-plot";

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
  const runs = runsOf(drawnPoints(curve), ({ at, value, standardError }) =>
    value === null ? null : { at, value, error: standardError ?? 0 },
  );
  return {
    line: runs
      .map((run) => `M${run.map(({ at, value }) => `${x(at)} ${y(value)}`).join("L")}`)
      .join(""),
    ribbon: runs
      .map((run) =>
        areaPath(
          run.map(({ at, value, error }) => ({ at, low: value - error, high: value + error })),
          { x, y },
        ),
      )
      .join(""),
    dots: runs.flat().map(({ at, value }) => ({ x: x(at), y: y(value) })),
  };
}

/** The area of a band, which ends at a gap and begins again after it. */
export function bandPath({ points }: PlotBand, scales: CurveScales): string {
  const runs = runsOf(points, ({ at, between }) =>
    between === null ? null : { at, low: between[0], high: between[1] },
  );
  return runs.map((run) => areaPath(run, scales)).join("");
}

function areaPath(
  run: readonly { readonly at: number; readonly low: number; readonly high: number }[],
  { x, y }: CurveScales,
): string {
  const above = run.map(({ at, high }) => `${x(at)} ${y(high)}`);
  const below = run.map(({ at, low }) => `${x(at)} ${y(low)}`);
  return `M${[...above, ...below.toReversed()].join("L")}Z`;
}

/** Neighbours that have a value. @param known null is a gap */
function runsOf<P, K>(points: readonly P[], known: (point: P) => K | null): readonly K[][] {
  const runs: K[][] = [[]];
  for (const point of points) {
    const found = known(point);
    if (found === null) runs.push([]);
    else runs.at(-1)?.push(found);
  }
  return runs.filter((run) => run.length > 0);
}
