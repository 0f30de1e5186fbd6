/**
 * Recorded curves as a few numbers each: what a figure's small drawing needs, without its whole
 * report.
 */
import * as z from "../core/schema";
import { presetNames } from "./figures";
import type { Claim } from "./figures/figure";
import type { CurveReport, Report } from "./report";

const fractionSchema = z.nullable(z.number());

/** How a figure's first claim fares here, and how many of its claims hold. */
const judgedSchema = z.strictObject({
  /** What the paper has. */
  paper: z.string(),
  /** What ours shows, with its standard error. */
  ours: z.string(),
  holds: z.boolean(),
  /** Where it does not hold: "because …", or "perhaps because …". */
  because: z.optional(z.string()),
  /** Claims of the figure that hold, of all. */
  held: z.int().check(z.nonnegative()),
  claims: z.int().check(z.positive()),
});
export type Judged = z.infer<typeof judgedSchema>;

const sketchSchema = z.strictObject({
  /**
   * Penalties by layer, as fractions; a gap where there is no stitch. One array a curve, the first
   * curve first.
   */
  penalty: z.array(z.array(fractionSchema)).check(z.minLength(1)),
  /** Debiased linear CKA by layer; a gap where it is undefined. */
  similarity: z.array(z.array(fractionSchema)).check(z.minLength(1)),
  /** Absent from older files. */
  judged: z.optional(judgedSchema),
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

/** Judges a report by claims, of which the first one is the figure's. @throws RangeError without claims */
export function judgedBy(claims: readonly Claim[], report: Report): Judged {
  const [first] = claims;
  if (!first) throw new RangeError("claims: expected at least one, found none");
  const { paper, because } = first;
  const { ours, holds } = first.verdict(report);
  return {
    paper,
    ours,
    holds,
    ...(holds || because === undefined ? {} : { because }),
    held: claims.filter(({ verdict }) => verdict(report).holds).length,
    claims: claims.length,
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
