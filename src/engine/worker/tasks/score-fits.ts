/**
 * What the tasks `least-squares` and `family` share: their stitches at several sites are scored in
 * one pass of the bottom.
 */
import { imageRange } from "../../../core/data/image-set";
import { withoutClass, type ClassIndices } from "../../../core/data/form";
import { scoreAtTaps, type ScoredBefore } from "../../../core/scoring/score";
import type { AffineMap } from "../../../core/stitch/affine-map";
import { deviceStitch } from "../../../core/stitch/device-stitch";
import { batchSize } from "../../../experiment/protocol";
import type { LeastSquaresTask } from "../../../experiment/plan/task";
import type { CheckpointOf } from "../../kinds/registry";
import type { Scored } from "../../kinds/scoring";
import type { TaskEvent } from "../../messages";
import { fittingScored, notFiniteLogits, withPredicted } from "../../scored";
import { sitesRows } from "./batch-room";
import type { WorkerContext } from "./context";
import { loadPair, oneBatch } from "./executor";

type FitsTask = Omit<LeastSquaresTask, "type">;

/** The executor of either task, except `execute`. */
export const fitsExecutor = {
  resumesFrom: "least-squares",
  images: ({ test }: FitsTask) => [test],
  loadNetworks: loadPair,
  shortened: <T extends FitsTask>(task: T) => oneBatch(task, batchSize),
  compiledAfterOneStep: true,
} as const;

/** A site and its stitch, if it has one. */
interface Solution {
  readonly site: number;
  readonly fit?: AffineMap | undefined;
}

type Scores = Omit<Scored, "scored">;

/** Why there is no stitch at a site where a network's numbers, or the stitched one's, overflow. */
interface Diverged {
  readonly outcome: "diverged";
  /** For people. */
  readonly found: string;
}

/** The outcome of a site whose moments are not finite. */
export const overflow: Diverged = {
  outcome: "diverged",
  found: "representations too large for float32",
};

/** The outcome of a stitch that has logits that are not finite; undefined for any other. */
export function divergence({ predicted }: Scores): Diverged | undefined {
  const images = withoutClass(predicted ?? new Uint8Array());
  if (images === 0) return undefined;
  return { outcome: "diverged", found: notFiniteLogits(images) };
}

/**
 * Scores the stitches on the task's range of the test images, resuming from a checkpoint.
 *
 * @param what name of the stitches, for people
 * @returns the scores of every image, by site; empty where there are no images
 */
export async function* scoreFits(
  task: FitsTask,
  solutions: readonly Solution[],
  what: string,
  from: CheckpointOf<"least-squares"> | undefined,
  context: WorkerContext,
): AsyncGenerator<TaskEvent, (site: number) => Scores> {
  const pair = await context.pair(task);
  const { bottom, top } = pair;
  const images = imageRange(await context.images(task.test), task.first, task.end);
  const activity = `scoring ${what} on test images ${task.first} to ${task.end}`;
  const fits = solutions.flatMap(({ site, fit }) => (fit ? [{ tap: site, map: fit }] : []));
  if (fits.length === 0) return () => ({ wrong: new Uint8Array() });
  const rows = sitesRows(
    pair,
    fits.map(({ tap }) => tap),
    images,
    context,
  );
  const before = fittingFits(from, fits.length, images.count);
  let wrong: readonly Uint8Array[] = before?.wrong ?? [];
  let predicted: readonly ClassIndices[] | null = before ? before.predicted : [];
  const stitches = fits.map(({ tap, map }) => ({ tap, stitch: deviceStitch(map) }));
  try {
    for await (const event of scoreAtTaps(bottom, top, stitches, images, rows, before)) {
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
  return (site) => {
    const k = fits.findIndex(({ tap }) => tap === site);
    return { wrong: wrong[k] ?? new Uint8Array(), ...withPredicted(predicted?.[k]) };
  };
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
