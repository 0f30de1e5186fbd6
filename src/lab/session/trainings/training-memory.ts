/**
 * Remembers the trainings of this browser: the texts, curves and answers of those on the list. Their
 * networks and checkpoints are stored elsewhere.
 */
import * as z from "../../../core/schema";
import { trainingOf } from "../../../experiment/model-ref";
import { newJob, type TrainingJob, type TrainingResult } from "./training-job";

const whole = z.int().check(z.nonnegative());
const resultSchema = z.strictObject({
  id: z.string(),
  sha256: z.string(),
  testError: z.number(),
  testImages: whole,
  /** Of each the image and the predicted class, in few letters: browsers store little. */
  mistakes: z.nullable(z.array(z.tuple([whole, whole]))),
});
const jobSchema = z.strictObject({
  ref: z.string(),
  step: whole,
  steps: whole,
  losses: z.array(z.strictObject({ step: whole, loss: z.number() })),
  epochs: z.array(z.strictObject({ epoch: z.number(), testError: z.number() })),
  // Earlier versions remembered unfinished trainings only, and no networks along the way.
  snapshots: z.optional(z.array(z.strictObject({ id: z.string(), epoch: z.number() }))),
  ended: z.optional(
    z.strictObject({ status: z.enum(["finished", "stopped"]), result: resultSchema }),
  ),
});

/** None of these functions throws. */
export interface TrainingMemory {
  read(): readonly TrainingJob[];
  /** Replaces what was written. */
  write(jobs: readonly TrainingJob[]): void;
}

const place = "stitch-lab-trainings";
/** Ended trainings that are remembered, the latest. */
const mostEnded = 12;

/** @param storage outlives the page; undefined where the browser refuses */
export function browserTrainingMemory(storage: Storage | undefined): TrainingMemory {
  return {
    read() {
      try {
        const stored: unknown = JSON.parse(storage?.getItem(place) ?? "[]");
        // What another version wrote and this one cannot read is left out.
        return Array.isArray(stored) ? stored.flatMap(readJob) : [];
      } catch {
        return [];
      }
    },
    write(jobs) {
      try {
        const remembered = latest(jobs).map(writtenJob);
        if (remembered.length === 0) storage?.removeItem(place);
        else storage?.setItem(place, JSON.stringify(remembered));
      } catch (thrown) {
        console.warn("trainings will not be listed after this visit", thrown);
      }
    },
  };
}

/** A training that failed took nothing that could be shown again. */
function latest(jobs: readonly TrainingJob[]): readonly TrainingJob[] {
  const ended = jobs.filter(({ result }) => result !== null).slice(-mostEnded);
  return jobs.filter((job) =>
    job.result === null ? job.status !== "failed" : ended.includes(job),
  );
}

function writtenJob(job: TrainingJob): z.infer<typeof jobSchema> {
  const { ref, step, steps, losses, epochs, snapshots, status, result } = job;
  const hasEnded = result !== null && (status === "finished" || status === "stopped");
  return {
    ...{ ref, step, steps, losses: [...losses], epochs: [...epochs], snapshots: [...snapshots] },
    ...(hasEnded && { ended: { status, result: writtenResult(result) } }),
  };
}

function writtenResult({ mistakes, ...rest }: TrainingResult): z.infer<typeof resultSchema> {
  const pairs = mistakes?.map(({ image, predicted }): [number, number] => [image, predicted]);
  return { ...rest, mistakes: pairs ?? null };
}

function readJob(stored: unknown): TrainingJob[] {
  const read = jobSchema.safeParse(stored).data;
  const spec = read && trainingOf(read.ref);
  if (!spec) return [];
  const { ref, ended, snapshots = [], ...curves } = read;
  const job = { ...newJob(ref, spec, "left", curves), snapshots };
  if (!ended) return [job];
  const { status, result } = ended;
  const mistakes = result.mistakes?.map(([image, predicted]) => ({ image, predicted })) ?? null;
  return [{ ...job, status, result: { ...result, mistakes }, isEarlier: true }];
}
