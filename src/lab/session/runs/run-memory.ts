/** Remembers this tab's unfinished run, which resumes after a reload or a crash. */
import * as z from "../../../core/schema";
import type { TrainingMemory } from "../trainings/training-memory";
import type { LeftRuns } from "./left-runs";

const unfinishedSchema = z.strictObject({
  /** The experiment's key. */
  key: z.string(),
  /** The visitor paused it: it stays paused. */
  paused: z.boolean(),
});
export type UnfinishedRun = z.infer<typeof unfinishedSchema>;

export interface RunMemory {
  /** Null where there is none, or none that can be read. */
  read(): UnfinishedRun | null;
  write(run: UnfinishedRun | null): void;
  /** Unfinished runs of every tab, closed ones included. */
  readonly left: LeftRuns;
  readonly trainings: TrainingMemory;
}

const place = "stitch-lab-run";

/**
 * @param storage lives as long as the tab does, reloads included; undefined where the browser
 *   refuses
 * @param left and trainings outlive the tab
 */
export function sessionRunMemory(
  storage: Storage | undefined,
  left: LeftRuns,
  trainings: TrainingMemory,
): RunMemory {
  return {
    left,
    trainings,
    read() {
      try {
        const stored: unknown = JSON.parse(storage?.getItem(place) ?? "null");
        // A tab may be reloaded into this version with what an earlier one wrote.
        const parsed = unfinishedSchema.safeParse(z.renameKeys(stored, { held: "paused" }));
        return parsed.success ? parsed.data : null;
      } catch {
        return null;
      }
    },
    write(run) {
      try {
        if (run === null) storage?.removeItem(place);
        else storage?.setItem(place, JSON.stringify(run));
      } catch (thrown) {
        console.warn("this run will not restart after a reload", thrown);
      }
    },
  };
}
