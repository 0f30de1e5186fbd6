/**
 * How a worker executes a kind of task. The methods of an executor are given tasks of its own kind
 * only.
 */
import type { ClosedFormSums } from "../../../core/similarity/sums";
import { LabError } from "../../../core/errors";
import type { ImagesRef, StitchTask } from "../../../experiment/plan/task";
import type { CheckpointOf, TaskCheckpoint, WorkerResult, WorkerTask } from "../../kinds/registry";
import type { TaskEvent } from "../../messages";
import type { WorkerContext } from "./context";

export interface ExecutorDeps {
  /**
   * Sums of the task's sites, over all images: for `measures` those of similarity, for the others
   * those of the closed form.
   */
  readonly sums: readonly ClosedFormSums[];
  readonly context: WorkerContext;
  readonly nowMs: () => number;
}

export interface Executor<T, C extends TaskCheckpoint["type"] = TaskCheckpoint["type"]> {
  /** The type of checkpoint that it resumes from. */
  readonly resumesFrom: C;
  /** @param from where an earlier worker stopped; one that does not fit the task is ignored */
  execute(
    task: T,
    from: CheckpointOf<C> | undefined,
    deps: ExecutorDeps,
  ): AsyncGenerator<TaskEvent>;

  /** Images that it reads. */
  images(task: T): ImagesRef[];
  /** Puts the task's networks on the device. */
  loadNetworks(task: T, context: WorkerContext): Promise<unknown>;
  /** The same task on as few images as have every shape that its batches have. */
  shortened(task: T): T;
  /** What the shaders depend on; absent where that is the whole task. */
  shapes?(task: T): object;
  /** Whether everything is compiled after the first step. */
  readonly compiledAfterOneStep?: true;
  /** What this worker may have to do after a result. */
  next?(task: T, result: WorkerResult): WorkerTask | undefined;
}

/** For tasks that stitch a bottom to a top. */
export function loadPair(
  task: Pick<StitchTask, "bottom" | "top" | "sites" | "perturbation">,
  context: WorkerContext,
): Promise<unknown> {
  return context.pair(task);
}

/** The first images of a range, at most `count`. */
export function firstImages(count: number, images: ImagesRef): ImagesRef {
  return { ...images, count: Math.min(count, images.count) };
}

/** For tasks that score on a range of the test images: one batch of it. */
export function oneBatch<T extends ScoredRange>(task: T, batchSize: number): T {
  const test = firstImages(Math.min(batchSize, task.end - task.first), task.test);
  return { ...task, first: 0, end: test.count, test };
}

interface ScoredRange {
  readonly test: ImagesRef;
  readonly first: number;
  readonly end: number;
}

export function missingSums(): LabError {
  return new LabError({
    code: "bad-input",
    input: "task",
    expected: "the sums of its taps",
    found: "none",
  });
}
