/**
 * Has a task's shaders compiled while its images are loaded. The task itself is executed, on a few blank images, with
 * a backend that only compiles: no number of it is computed, and all it reads are zeros. Nothing is kept of it but
 * what the backend has compiled, and the memory of a step, which the first real one finds ready.
 *
 * A rehearsal costs the thread some milliseconds, and the first step then waits for no compiler.
 */
import type { ClosedFormSums } from "../../core/similarity/sums";
import type { ImageSet } from "../../core/data/image-set";
import { imageChannels, imageSide } from "../../core/nets/architecture";
import { compileAhead, compilesAhead } from "../../core/tensor/steps";
import { batchSize } from "../../experiment/protocol";
import type { ImagesRef } from "../../experiment/task";
import { scoringTask, type ScoringTask, type WorkerTask } from "../worker-task";
import type { WorkerContext } from "./context";
import { executeTask } from "./execute";

/** Resolves when the task's programs are compiled, or need not be. Never throws: the task itself would say why. */
export type WarmUp = (task: WorkerTask, sums: readonly ClosedFormSums[]) => Promise<void>;

export function createWarmUp(context: WorkerContext): WarmUp {
  const rehearsed = new Set<string>();
  return async (task, sums) => {
    if (!compilesAhead()) return;
    // Kept by the context, which tells of a failure when they are asked for again.
    for (const images of imagesOf(task)) void context.images(images).catch(() => undefined);
    const short = shortened(task);
    const key = JSON.stringify(short.type === "scoring" ? withoutNumbers(short) : short);
    if (rehearsed.has(key)) return;
    rehearsed.add(key);
    try {
      if (task.type === "baseline") await context.network(task.model);
      else await context.pair(task);
      await compileAhead(() => executeOnBlanks(short, sums, context));
    } catch {
      // What fails here fails again in the task, which tells of it.
    }
  };
}

async function executeOnBlanks(
  task: WorkerTask,
  sums: readonly ClosedFormSums[],
  context: WorkerContext,
): Promise<void> {
  const onBlanks: WorkerContext = {
    ...context,
    images: ({ count }) => Promise.resolve(blankImages(count)),
  };
  for await (const event of executeTask(task, sums, undefined, onBlanks, () => 0)) {
    // Its one batch is scored; what follows is arithmetic of the processor's.
    const scores = task.type === "least-squares" || task.type === "family";
    if (scores && event.type === "step") return;
    if (task.type === "stitch" && event.type === "result" && event.result.type === "trained") {
      // Then it is scored, perhaps by this worker.
      const { scored, stitch } = event.result;
      const trained = scored ?? { kind: "parameters", parameters: stitch };
      const scoring = scoringTask(task, trained, { first: 0, end: task.test.count });
      await executeOnBlanks(scoring, [], context);
    }
  }
}

/** The same task on as few images as have every shape that its batches have. */
function shortened(task: WorkerTask): WorkerTask {
  switch (task.type) {
    case "baseline":
      return { ...task, images: first(batchSize, task.images) };
    case "closed-form": {
      const count = task.end - task.first;
      // A last batch that is not whole has shapes of its own.
      const end = Math.min(count, batchSize + (count % batchSize));
      return { ...task, first: 0, end, images: first(end, task.images) };
    }
    case "least-squares":
    case "family":
    case "scoring": {
      const test = first(Math.min(batchSize, task.end - task.first), task.test);
      return { ...task, first: 0, end: test.count, test };
    }
    case "stitch": {
      // Two steps: before the first, the optimiser's state is not yet on the device. A third batch is held out.
      const train = first(3 * batchSize, task.train);
      return { ...task, train, test: first(batchSize, task.test), epochs: 1, seed: 0 };
    }
    default:
      return task satisfies never;
  }
}

/** Of a stitch's numbers no shader depends, and to write them down takes long. */
function withoutNumbers({ stitch, ...task }: ScoringTask): object {
  return { ...task, side: stitch.kind === "affine" ? 1 : (stitch.parameters.side ?? 1) };
}

function first(count: number, images: ImagesRef): ImagesRef {
  return { ...images, count: Math.min(count, images.count) };
}

function imagesOf(task: WorkerTask): ImagesRef[] {
  switch (task.type) {
    case "baseline":
    case "closed-form":
      return [task.images];
    case "least-squares":
    case "family":
    case "scoring":
      return [task.test];
    case "stitch":
      return [task.test, task.train];
    default:
      return task satisfies never;
  }
}

function blankImages(count: number): ImageSet {
  return {
    ...{ count, height: imageSide, width: imageSide },
    labels: new Uint8Array(count),
    pixels: new Uint8Array(count * imageSide ** 2 * imageChannels),
  };
}
