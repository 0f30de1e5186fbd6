/** Claims about a stitch's training compared with PyTorch's, for a suite. */
import { beforeAll, expect, test } from "vitest";
import type { ImageSet } from "../../../../../src/core/data/image-set";
import type { StitchParameters } from "../../../../../src/core/stitch/parameters";
import { trainStitch, type TrainingPlan } from "../../../../../src/core/stitch/training/train";
import { epochOrder } from "../../../../../src/core/stitch/training/setting";
import { cifarImages, networkOf, zooTimeoutMs } from "../../../fixtures";
import { relativeDistance } from "../../numbers";
import { batches, imagesOfBatches, peakRate, startOf, type TrainingCase } from "./training-fixture";

export interface Outcome {
  readonly losses: number[];
  readonly stitch: StitchParameters;
  readonly steps: number;
  readonly finalLoss: number | null;
}

/** Trains to the end. */
export async function trained(plan: TrainingPlan): Promise<Outcome> {
  const losses: number[] = [];
  for await (const event of trainStitch(plan)) {
    if (event.type === "done") return { losses, ...event };
    losses.push(...event.losses);
  }
  throw new Error("training ended without a result");
}

/** The fixture's images, laid out so that the order of epoch 0 visits them batch by batch. */
function imagesInFixtureOrder(seed: number): ImageSet {
  const images = cifarImages("train", imagesOfBatches);
  const wanted = batches.flat();
  const count = wanted.length;
  const imageBytes = images.height * images.width * 3;
  const labels = new Uint8Array(count);
  const pixels = new Uint8Array(count * imageBytes);
  epochOrder(count, seed, 0).forEach((place, turn) => {
    const index = wanted[turn] ?? 0;
    labels[place] = images.labels[index] ?? 0;
    pixels.set(
      images.pixels.subarray(index * imageBytes, (index + 1) * imageBytes),
      place * imageBytes,
    );
  });
  return { ...images, count, labels, pixels };
}

/** @param onEnd receives the outcome of the training */
export function claimsAgainstPyTorch(
  training: Omit<TrainingCase, "firstGradient">,
  onEnd: (outcome: Outcome) => void = () => undefined,
): void {
  let found: Outcome;
  beforeAll(async () => {
    const bottom = networkOf(training.bottom);
    const top = networkOf(training.top);
    found = await trained({
      start: startOf(training),
      bottom,
      top,
      tap: training.tap,
      images: imagesInFixtureOrder(5),
      epochs: 1,
      batchSize: batches[0]?.length ?? 0,
      peakRate,
      seed: 5,
      share: training.share,
      rank: training.rank,
    });
    bottom.dispose();
    top.dispose();
    onEnd(found);
  }, zooTimeoutMs);

  test.each(["losses32", "losses64"] as const)("all 20 losses are PyTorch's %s", (precision) => {
    const expected = training[precision];
    expect(found.losses).toHaveLength(expected.length);
    found.losses.forEach((loss, step) =>
      expect(Math.abs(loss / (expected[step] ?? NaN) - 1)).toBeLessThan(1e-3),
    );
  });

  test.each(["gamma1", "beta1", "weight", "gamma2", "beta2"] as const)(
    "%s ends where PyTorch's does",
    (name) => {
      // Adam's steps are as long as its rate, whichever way a vanishing gradient is rounded.
      expect(relativeDistance(found.stitch[name], training.trained[name])).toBeLessThan(2e-3);
    },
  );

  test.each(["mean1", "variance1", "mean2", "variance2"] as const)(
    "the running %s ends where PyTorch's does",
    (name) => {
      expect(relativeDistance(found.stitch[name], training.statistics[name])).toBeLessThan(1e-3);
    },
  );
}
