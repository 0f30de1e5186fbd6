/** How far stitched networks depart from their top's own representations, as a report has it. */
import * as z from "../core/schema";

const share = z.nullable(z.number().check(z.minimum(0), z.maximum(1)));

/** See `core/stitched/departure.ts`. */
export const departureSchema = z.strictObject({
  /** Test images that it is measured on. */
  images: z.int().check(z.positive()),
  /** Share of them that lie outside of A's own distribution at the site; null where A is constant. */
  outsideAtSite: share,
  /** The same at A's last tap. */
  outsideAtPenultimate: share,
  /** Squared distance from A's own, in units of its variance, at the site and every later tap. */
  distances: z.array(z.nullable(z.number().check(z.nonnegative()))),
});
export type Departure = z.infer<typeof departureSchema>;

/** Images that a departure is measured on, at most; as many training images say what is A's own. */
export const departureImages = 1_024;
