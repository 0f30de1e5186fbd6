/**
 * Recorded curves as a few numbers each: what a figure's small drawing needs, without its whole
 * report.
 */
import * as z from "../core/schema";
import { presetNames } from "./figures";
import type { Claim } from "./figures/figure";
import type { CurveReport, Report } from "./report";

const fractionSchema = z.nullable(z.number());

/** By how much a curve's highest penalty is above its next highest. */
const leadSchema = z.strictObject({
  highest: z.string(),
  next: z.string(),
  points: z.number(),
  /** Of two independent measurements; on the same images it is at most that. */
  standardError: z.number(),
});
export type Lead = z.infer<typeof leadSchema>;

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
  /** All of them, the first one first. Absent from older files, like what follows. */
  list: z.optional(
    z.array(
      z.strictObject({
        statement: z.string(),
        paper: z.string(),
        ours: z.string(),
        holds: z.boolean(),
        because: z.optional(z.string()),
      }),
    ),
  ),
  lead: z.optional(leadSchema),
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

/**
 * Judges a report by claims, of which the first one is the figure's.
 *
 * @param main index of the curve that the figure is about
 * @throws RangeError without claims
 */
export function judgedBy(claims: readonly Claim[], report: Report, main = 0): Judged {
  const list = claims.map(({ statement, paper, because, verdict }) => {
    const { ours, holds } = verdict(report);
    return {
      statement,
      paper,
      ours,
      holds,
      ...(holds || because === undefined ? {} : { because }),
    };
  });
  const [first] = list;
  if (!first) throw new RangeError("claims: expected at least one, found none");
  const { paper, ours, holds, because } = first;
  const curve = report.curves[main];
  const lead = curve && leadOf(curve);
  return {
    paper,
    ours,
    holds,
    ...(because !== undefined && { because }),
    held: list.filter(({ holds }) => holds).length,
    claims: claims.length,
    list,
    ...(lead && { lead }),
  };
}

/** Undefined for a curve of fewer than two layers. */
export function leadOf({ sites }: Pick<CurveReport, "sites">): Lead | undefined {
  const [highest, next] = sites.toSorted((a, b) => b.penalty - a.penalty);
  if (!highest || !next) return undefined;
  const tenths = (fraction: number): number => Math.round(1000 * fraction) / 10;
  return {
    highest: highest.name,
    next: next.name,
    points: tenths(highest.penalty - next.penalty),
    standardError: tenths(Math.hypot(highest.penaltyStandardError, next.penaltyStandardError)),
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
