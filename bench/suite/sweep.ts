/** A whole nine-tap sweep with `quick`: its time, its memory and its penalties. */
import * as z from "../../src/core/schema";
import { defaultSpec } from "../../src/experiment/spec";
import { timedRun, type Setting } from "./engine";

export const sweepSchema = z.object({
  trainImages: z.number(),
  seconds: z.number(),
  /** Until the least-squares curve was complete. */
  leastSquaresSeconds: z.nullable(z.number()),
  /** Of the process with all its threads. */
  peakMegabytes: z.number(),
  /** Slope over the second half of the run. */
  megabytesPerMinute: z.nullable(z.number()),
  taps: z.array(z.object({ tap: z.number(), penalty: z.number(), standardError: z.number() })),
});
export type Sweep = z.infer<typeof sweepSchema>;

export async function sweep(
  trainImages: number,
  testImages: number,
  setting: Setting,
): Promise<Sweep> {
  const { top, bottom } = setting.models;
  const spec = { ...defaultSpec(top.id, bottom.id, "quick"), trainImages, testImages };
  const { seconds, leastSquaresSeconds, memory, report } = await timedRun(spec, setting);
  return {
    trainImages,
    seconds,
    leastSquaresSeconds,
    peakMegabytes: Math.round(memory.peakMegabytes),
    megabytesPerMinute: memory.megabytesPerMinute,
    taps: report.curves[0].sites.map(({ site, penalty, penaltyStandardError }) => ({
      tap: site,
      penalty,
      standardError: penaltyStandardError,
    })),
  };
}
