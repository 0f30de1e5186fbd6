/**
 * `glance` next to the bare forward passes of both networks over the same images, on the same
 * workers.
 */
import * as z from "../../src/core/schema";
import { defaultSpec } from "../../src/experiment/spec";
import { ourRates } from "../profile/workers";
import { timedRun, type Setting } from "./engine";

export const glanceSchema = z.object({
  trainImages: z.number(),
  testImages: z.number(),
  seconds: z.number(),
  /** 2 × (train + test images) forward passes at the rate measured just before. */
  forwardSeconds: z.number(),
});
export type Glance = z.infer<typeof glanceSchema>;

/** Rounds of forward passes: the first ones are for caches and compilers. */
const warmUpRounds = 3;
const timedRounds = 5;

export async function glance(
  trainImages: number,
  testImages: number,
  setting: Setting,
  root: string,
): Promise<Glance> {
  const imagesPerSecond = await forwardRate(setting.workers, root);
  const { top, bottom } = setting.models;
  const spec = { ...defaultSpec(top.id, bottom.id, "glance"), trainImages, testImages };
  const { seconds } = await timedRun(spec, setting);
  const forwardSeconds = (2 * (trainImages + testImages)) / imagesPerSecond;
  return { trainImages, testImages, seconds, forwardSeconds };
}

async function forwardRate(workers: number, root: string): Promise<number> {
  const forward = await ourRates("wasm", workers, [null], root);
  const rates: number[] = [];
  for (let round = 0; round < warmUpRounds + timedRounds; round++) {
    rates.push(await forward.imagesPerSecond(0));
  }
  await forward.end();
  const timed = rates.slice(warmUpRounds).sort((a, b) => a - b);
  return timed[Math.floor(timed.length / 2)] ?? NaN;
}
