/** Learning rates, as a share of the peak, by the share of the training that is done. */
import { cosineRate } from "../stitch/training/cosine-rate";

export const scheduleNames = ["one-cycle", "steps", "cosine"] as const;
export type ScheduleName = (typeof scheduleNames)[number];

export const schedules: Readonly<Record<ScheduleName, (done: number) => number>> = {
  /**
   * Up to the peak in the first quarter, then linearly to 0. Smith & Topin 2018, in its piecewise
   * linear form.
   */
  "one-cycle": (done) => (done < 0.25 ? done / 0.25 : (1 - done) / 0.75),
  /** A fifth at a half and again at three quarters. Bansal, Nakkiran & Barak 2021, appendix. */
  steps: (done) => (done < 0.5 ? 1 : done < 0.75 ? 0.2 : 0.04),
  cosine: (done) => cosineRate(1, done, 1),
};
