/** Scores stitches at several taps in one pass of the bottom, going on from a checkpoint. */
import type { ImageSet } from "../../core/data/image-set";
import type { PairedNetworks } from "../../core/nets/sites";
import { scoreAtTaps, type ScoredBefore } from "../../core/scoring/score";
import type { AffineMap } from "../../core/stitch/affine-map";
import { deviceStitch } from "../../core/stitch/device-stitch";
import { batchSize } from "../../experiment/protocol";
import type { CheckpointOf, Scored } from "../checkpoint";
import type { TaskEvent } from "../messages";
import { fittingScored, withPredicted } from "../scored";

/** A stitch that was found, and where it stands. */
export interface Fit {
  readonly tap: number;
  readonly map: AffineMap;
}

/** Of a tap that there were no images for. */
export const emptyScores = { wrong: new Uint8Array() };

/**
 * @param images those to score on
 * @param what of the activity, for people
 * @returns what was found of every image, by tap
 */
export async function* scoreFits(
  { bottom, top }: PairedNetworks,
  fits: readonly Fit[],
  images: ImageSet,
  from: CheckpointOf<"least-squares"> | undefined,
  what: string,
): AsyncGenerator<TaskEvent, ReadonlyMap<number, Omit<Scored, "scored">>> {
  if (fits.length === 0) return new Map();
  const before = fittingFits(from, fits.length, images.count);
  let wrong: readonly Uint8Array[] = before?.wrong ?? [];
  let predicted: readonly Uint8Array[] | null = before ? before.predicted : [];
  const stitches = fits.map(({ tap, map }) => ({ tap, stitch: deviceStitch(map) }));
  try {
    for await (const event of scoreAtTaps(bottom, top, stitches, images, batchSize, before)) {
      const flags = event.wrong.map((one) => one.slice());
      const classes = event.predicted?.map((one) => one.slice());
      wrong = flags;
      predicted = classes ?? null;
      yield {
        type: "step",
        fraction: event.scored / images.count,
        activity: `scoring ${what}`,
        checkpoint: () =>
          Promise.resolve({
            ...{ type: "least-squares", scored: event.scored, wrong: flags },
            ...(classes && { predicted: classes }),
          }),
      };
    }
  } finally {
    for (const { stitch } of stitches) stitch.dispose();
  }
  return new Map(
    fits.map(({ tap }, k) => {
      const flags = wrong[k] ?? new Uint8Array();
      return [tap, { wrong: flags, ...withPredicted(predicted?.[k]) }];
    }),
  );
}

/** Where an earlier scoring of so many fits stopped, if the checkpoint can be of one; undefined otherwise. */
function fittingFits(
  from: CheckpointOf<"least-squares"> | undefined,
  fits: number,
  images: number,
): ScoredBefore {
  if (from?.wrong.length !== fits) return undefined;
  const { scored, wrong, predicted } = from;
  if (predicted && predicted.length !== fits) return undefined;
  const fitting = wrong.every((flags, k) =>
    fittingScored({ scored, wrong: flags, ...withPredicted(predicted?.[k]) }, images),
  );
  return fitting ? { scored, wrong, predicted: predicted ?? null } : undefined;
}
