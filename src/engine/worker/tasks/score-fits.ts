/** Scores stitches at several taps in one pass of the bottom, resuming from a checkpoint. */
import { imageRange } from "../../../core/data/image-set";
import { scoreAtTaps, type ScoredBefore } from "../../../core/scoring/score";
import type { AffineMap } from "../../../core/stitch/affine-map";
import { deviceStitch } from "../../../core/stitch/device-stitch";
import { batchSize } from "../../../experiment/protocol";
import type { LeastSquaresTask } from "../../../experiment/task";
import type { CheckpointOf } from "../../kinds/registry";
import type { Scored } from "../../kinds/scoring";
import type { TaskEvent } from "../../messages";
import { fittingScored, withPredicted } from "../../scored";
import type { WorkerContext } from "./context";

/** The stitch found at a tap. */
interface Fit {
  readonly tap: number;
  readonly map: AffineMap;
}

/** The scores at a tap when there are no images. */
export const emptyScores = { wrong: new Uint8Array() };

/**
 * @param task whose range of the test images is scored
 * @param what the stitches are called, for people
 * @returns what was found for every image, by tap
 */
export async function* scoreFits(
  task: Omit<LeastSquaresTask, "type">,
  fits: readonly Fit[],
  what: string,
  from: CheckpointOf<"least-squares"> | undefined,
  context: WorkerContext,
): AsyncGenerator<TaskEvent, ReadonlyMap<number, Omit<Scored, "scored">>> {
  const { bottom, top } = await context.pair(task);
  const images = imageRange(await context.images(task.test), task.first, task.end);
  const activity = `scoring ${what} on test images ${task.first} to ${task.end}`;
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
        activity,
        checkpoint: () =>
          Promise.resolve({
            type: "least-squares",
            scored: event.scored,
            wrong: flags,
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

/**
 * Where an earlier scoring of as many fits stopped; undefined where the checkpoint belongs to
 * another.
 */
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
