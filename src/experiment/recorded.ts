/** A preset's report as it was computed by the command line, shown before anything is computed here. */
import * as z from "../core/schema";
import { reportSchema } from "./report";

export const recordedSchema = z.strictObject({
  format: z.literal("stitch-lab-recorded-1"),
  /** Which computes it again. */
  command: z.string(),
  /** ISO 8601, the day. */
  date: z.iso.date(),
  report: reportSchema,
});
export type Recorded = z.infer<typeof recordedSchema>;
