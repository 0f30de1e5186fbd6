/** `glance` beside the bare forward passes of both networks over the same images, on the same workers. */
import { defaultSpec } from "../../src/experiment/spec";
import { timedRun, type Setting } from "./engine";

export interface Glance {
  readonly trainImages: number;
  readonly testImages: number;
  readonly seconds: number;
  /** 2 × (train + test images) forward passes at the measured rate of bare ones. */
  readonly forwardSeconds: number;
  readonly ratio: number;
}

/** @param imagesPerSecond of bare forward passes with the same workers */
export async function glanceBesideForward(
  trainImages: number,
  testImages: number,
  imagesPerSecond: number,
  setting: Setting,
): Promise<Glance> {
  const { top, bottom } = setting.models;
  const spec = { ...defaultSpec(top.id, bottom.id, "glance"), trainImages, testImages };
  const { seconds } = await timedRun(spec, setting);
  const forwardSeconds = (2 * (trainImages + testImages)) / imagesPerSecond;
  return { trainImages, testImages, seconds, forwardSeconds, ratio: seconds / forwardSeconds };
}
