/**
 * Computes a stitch task: one worker trains, then as many score as are free, a part of the test
 * images each. The prediction for an image does not depend on the parts, which are whole batches.
 */
import type { ClosedFormSums } from "../../core/similarity/sums";
import { withoutClass } from "../../core/data/form";
import { partsOf } from "../../experiment/plan/images";
import type { StitchTask } from "../../experiment/plan/task";
import type { TaskCheckpoint } from "../kinds/registry";
import type { Scored } from "../kinds/scoring";
import type { StitchFailure, StitchResult } from "../kinds/stitch";
import { fittingScored, notFiniteLogits, scoringTask, withPredicted } from "../scored";
import { joined } from "./outcome";
import type { Pool } from "./pool";
import type { TaskListener } from "./worker-link";

/** @param from where an earlier run stopped @throws LabError as the task does */
export async function computeStitch(
  task: StitchTask,
  sums: readonly ClosedFormSums[],
  from: TaskCheckpoint | undefined,
  pool: Pool,
  listener: TaskListener,
): Promise<StitchResult | StitchFailure> {
  const before = from?.type === "trained" ? from : undefined;
  /** Share of the whole task. */
  let trainedFraction = 0;
  const trained =
    before?.trained ??
    (await pool.run(
      { task, sums, from },
      {
        ...listener,
        progress(fraction, activity, tensorBytes) {
          trainedFraction = fraction;
          listener.progress(fraction, activity, tensorBytes);
        },
      },
    ));
  if (trained.type === "stitch-failure") return trained;
  if (trained.type !== "trained") throw new Error(`a stitch task gave a ${trained.type}`);
  const { scored: stitch, ...training } = trained;
  const rest = { ...training, type: "stitch" as const };
  if (!stitch) return { ...rest, wrong: null };

  const ranges = partsOf(task.test.count);
  const keptParts = fittingParts(before?.parts, ranges);
  const parts: (Scored | null)[] = ranges.map((_, k) => keptParts?.[k] ?? null);
  let seconds = keptParts ? (before?.seconds ?? 0) : 0;
  const bytes = ranges.map(() => 0);
  const saveCheckpoint = (): void =>
    listener.checkpoint({ type: "trained", trained, parts: [...parts], seconds });
  const reportProgress = (activity: string): void => {
    const done = parts.reduce((sum, part) => sum + (part?.scored ?? 0), 0) / task.test.count;
    const fraction = trainedFraction + (1 - trainedFraction) * done;
    listener.progress(
      fraction,
      activity,
      bytes.reduce((sum, one) => sum + one, 0),
    );
  };

  async function score(part: number): Promise<void> {
    const range = ranges[part];
    if (!range || !stitch) return;
    const size = range.end - range.first;
    const half = parts[part];
    if (half?.scored === size) return;
    const result = await pool.run(
      {
        task: scoringTask(task, stitch, range),
        sums: [],
        from: half ? { type: "scoring", scored: half } : undefined,
      },
      {
        progress(_fraction, activity, tensorBytes) {
          bytes[part] = tensorBytes;
          reportProgress(activity);
        },
        checkpoint(checkpoint) {
          if (checkpoint.type === "scoring") parts[part] = checkpoint.scored;
          saveCheckpoint();
        },
      },
      "next",
    );
    if (result.type !== "scores") throw new Error(`a scoring task gave a ${result.type}`);
    const { wrong, predicted } = result;
    parts[part] = { scored: size, wrong, ...withPredicted(predicted) };
    bytes[part] = 0;
    seconds += result.seconds;
    saveCheckpoint();
  }

  // Before any part is scored: from here on nothing is trained again.
  saveCheckpoint();
  await Promise.all(ranges.map((_, part) => score(part)));
  const whole = joined(parts.flatMap((part) => part ?? []));
  const broken = withoutClass(whole?.predicted ?? new Uint8Array());
  if (broken > 0) {
    const found = notFiniteLogits(broken);
    return { type: "stitch-failure", reason: "diverged", step: null, found };
  }
  const wrong = whole?.wrong ?? null;
  return { ...rest, wrong, ...withPredicted(whole?.predicted), seconds: rest.seconds + seconds };
}

/** Parts of a checkpoint; undefined where they cannot belong to these ranges. */
function fittingParts(
  parts: readonly (Scored | null)[] | undefined,
  ranges: readonly { first: number; end: number }[],
): readonly (Scored | null)[] | undefined {
  const fits = ranges.every(({ first, end }, k) => {
    const part = parts?.[k];
    return !part || fittingScored(part, end - first);
  });
  return fits && parts?.length === ranges.length ? parts : undefined;
}
