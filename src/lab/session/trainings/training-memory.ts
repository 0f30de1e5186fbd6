/** Remembers unfinished trainings of this browser: their checkpoints are stored, and here are their texts and curves. */
import * as z from "../../../core/schema";
import { trainingOf } from "../../../experiment/model-ref";
import { newJob, type TrainingJob } from "./training-job";

const whole = z.int().check(z.nonnegative());
const leftSchema = z.strictObject({
  ref: z.string(),
  step: whole,
  steps: whole,
  losses: z.array(z.strictObject({ step: whole, loss: z.number() })),
  epochs: z.array(z.strictObject({ epoch: z.number(), testError: z.number() })),
});

/** None of these functions throws. */
export interface TrainingMemory {
  read(): readonly TrainingJob[];
  /** Replaces what was written. */
  write(jobs: readonly TrainingJob[]): void;
}

const place = "stitch-lab-trainings";

/** @param storage outlives the page; undefined where the browser refuses */
export function browserTrainingMemory(storage: Storage | undefined): TrainingMemory {
  return {
    read() {
      try {
        const stored: unknown = JSON.parse(storage?.getItem(place) ?? "[]");
        if (!Array.isArray(stored)) return [];
        // What another version wrote and this one cannot read is left out.
        return stored.flatMap((each: unknown) => {
          const left = leftSchema.safeParse(each).data;
          const spec = left && trainingOf(left.ref);
          return spec ? [newJob(left.ref, spec, "left", left)] : [];
        });
      } catch {
        return [];
      }
    },
    write(jobs) {
      try {
        const left = jobs.map(({ ref, step, steps, losses, epochs }) => ({
          ...{ ref, step, steps, losses, epochs },
        }));
        if (left.length === 0) storage?.removeItem(place);
        else storage?.setItem(place, JSON.stringify(left));
      } catch (thrown) {
        console.warn("unfinished trainings will not be listed", thrown);
      }
    },
  };
}
