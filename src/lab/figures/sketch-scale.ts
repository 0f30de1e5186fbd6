/** The range of values that a small drawing of penalties shows. */
import { trainingOf } from "../../experiment/model-ref";
import { isLabelControl, type Curve } from "../../experiment/spec";
import type { Preset } from "../../experiment/figures/figure";

export type Range = readonly [low: number, high: number];

/** Of every thumbnail in the library, as fractions: where curves of any two can be compared. */
export const libraryRange: Range = [-0.1, 0.2];

/** So that a curve that costs next to nothing looks like it, as fractions. */
const leastHigh = 0.04;

/** What a figure's drawing makes of one of its curves. */
export type SketchRole = "main" | "control" | "other";

export function sketchRoles({
  spec,
  main = 0,
}: Pick<Preset, "spec" | "main">): readonly SketchRole[] {
  return spec.curves.map((curve, place) =>
    place === main ? "main" : isControl(curve) ? "control" : "other",
  );
}

function isControl(curve: Curve): boolean {
  const { bottom } = curve;
  return isLabelControl(curve) || bottom.endsWith("-random") || trainingOf(bottom)?.epochs === 0;
}

/** Holds zero and every curve; a control only where the figure is about large values. */
export function sketchRange(
  curves: readonly (readonly (number | null)[])[],
  preset: Preset,
): Range {
  const roles = sketchRoles(preset);
  const values = curves
    .filter((_, place) => preset.oneScale === true || roles[place] !== "control")
    .flat()
    .filter((value) => value !== null);
  return [Math.min(0, ...values), Math.max(leastHigh, ...values)];
}

/** The value furthest beyond one end of the range. */
export interface OffRange {
  readonly curve: number;
  readonly layer: number;
  readonly value: number;
  readonly edge: "top" | "bottom";
}

/** Returns what leaves a range: one value an edge, the furthest of all curves. */
export function offRange(
  curves: readonly (readonly (number | null)[])[],
  [low, high]: Range,
): readonly OffRange[] {
  const all = curves.flatMap((values, curve) =>
    values.flatMap((value, layer) => (value === null ? [] : [{ curve, layer, value }])),
  );
  const [above] = all.filter(({ value }) => value > high).sort((a, b) => b.value - a.value);
  const [below] = all.filter(({ value }) => value < low).sort((a, b) => a.value - b.value);
  return [
    ...(above ? [{ ...above, edge: "top" } as const] : []),
    ...(below ? [{ ...below, edge: "bottom" } as const] : []),
  ];
}

/** The largest round number of points that the range holds, as a fraction: the drawing's tick. */
export function tickIn([, high]: Range): number {
  const points = [1, 2, 5, 10, 20, 40, 60].filter((round) => round <= 100 * high + 1e-9);
  return (points.at(-1) ?? 1) / 100;
}
