/** Scores stitches at several taps in one pass of the bottom, going on from a checkpoint. */
import type { ImageSet } from "../../core/data/images";
import type { PairedNetworks } from "../../core/nets/cells";
import { scoreAtTaps } from "../../core/scoring/score";
import type { AffineMap } from "../../core/stitch/affine-map";
import { deviceStitch } from "../../core/stitch/apply";
import { batchSize } from "../../experiment/protocol";
import type { CheckpointOf } from "../checkpoint";
import type { TaskEvent } from "../messages";
import { fittingScored } from "./scored";

/** A stitch that was found, and where it stands. */
export interface Fit {
  readonly tap: number;
  readonly map: AffineMap;
}

/**
 * @param images those to score on
 * @param what of the activity, for people
 * @returns [image] 1 where it is classified wrongly, by tap
 */
export async function* scoreFits(
  { bottom, top }: PairedNetworks,
  fits: readonly Fit[],
  images: ImageSet,
  from: CheckpointOf<"least-squares"> | undefined,
  what: string,
): AsyncGenerator<TaskEvent, ReadonlyMap<number, Uint8Array>> {
  if (fits.length === 0) return new Map();
  const fitting = from?.wrong.every((wrong) =>
    fittingScored({ scored: from.scored, wrong }, images.count),
  );
  const before = fitting && from?.wrong.length === fits.length ? from : undefined;
  let wrong: readonly Uint8Array[] = before?.wrong ?? [];
  const stitches = fits.map(({ tap, map }) => ({ tap, stitch: deviceStitch(map) }));
  try {
    for await (const event of scoreAtTaps(bottom, top, stitches, images, batchSize, before)) {
      const flags = event.wrong.map((one) => one.slice());
      wrong = flags;
      yield {
        type: "step",
        fraction: event.scored / images.count,
        activity: `scoring ${what}`,
        checkpoint: () =>
          Promise.resolve({ type: "least-squares", scored: event.scored, wrong: flags }),
      };
    }
  } finally {
    for (const { stitch } of stitches) stitch.dispose();
  }
  return new Map(fits.map(({ tap }, k) => [tap, wrong[k] ?? new Uint8Array()]));
}
