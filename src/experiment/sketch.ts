/**
 * Recorded curves as a few numbers each: what a figure's small drawing needs, without its whole
 * report.
 */
import * as z from "../core/schema";
import { presetNames } from "./figures";
import type { CurveReport, Report } from "./report";

const fractionSchema = z.nullable(z.number());

const sketchSchema = z.strictObject({
  /**
   * Penalties by layer, as fractions; a gap where there is no stitch. One array a curve, the first
   * curve first.
   */
  penalty: z.array(z.array(fractionSchema)).check(z.minLength(1)),
  /** Debiased linear CKA by layer; a gap where it is undefined. */
  similarity: z.array(z.array(fractionSchema)).check(z.minLength(1)),
});
export type Sketch = z.infer<typeof sketchSchema>;

/** Sketches of the recorded figures, by name. */
export const sketchesSchema = z.partialRecord(z.enum(presetNames), sketchSchema);
export type Sketches = z.infer<typeof sketchesSchema>;

export function sketchOf({ curves }: Report): Sketch {
  return {
    penalty: curves.map((curve) => valuesOf(curve, ({ penalty }) => penalty)),
    similarity: curves.map((curve) => valuesOf(curve, ({ cka }) => cka)),
  };
}

/** Values in the order of the layers, to four digits, which is enough for a drawing. */
function valuesOf(
  { sites, failures }: CurveReport,
  value: (site: CurveReport["sites"][number]) => number | null,
): (number | null)[] {
  const places = [
    ...sites.map((result) => ({ site: result.site, found: value(result) })),
    ...(failures ?? []).map(({ site }) => ({ site, found: null })),
  ];
  return places
    .sort((a, b) => a.site - b.site)
    .map(({ found }) => (found === null ? null : Math.round(1e4 * found) / 1e4));
}
