/**
 * A preset's report as it was computed by the command line, shown before anything is computed here.
 */
import * as z from "../core/schema";
import { backendNameSchema, reportSchema } from "./report";

export const recordedSchema = z.strictObject({
  format: z.literal("stitch-lab-recorded-1"),
  /** Which computes it again. */
  command: z.string(),
  /** ISO 8601, the day. */
  date: z.iso.date(),
  report: reportSchema,
  /** Curves that were computed apart from the others and put in; absent where there are none. */
  apart: z.optional(
    z.array(
      z.strictObject({
        /** Its place among the spec's curves; the first one, 0, is never apart. */
        curve: z.int().check(z.positive()),
        backend: backendNameSchema,
        date: z.iso.date(),
      }),
    ),
  ),
});
export type Recorded = z.infer<typeof recordedSchema>;
