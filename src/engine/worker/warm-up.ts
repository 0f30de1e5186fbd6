/**
 * Compiles a task's shaders while its images are loaded. The task itself is executed, on a few
 * blank images, with a backend that only compiles: no number is computed, and everything it reads
 * is zero. What remains is what the backend has compiled, and the memory of a step, which the first
 * real one reuses.
 *
 * A warm-up costs the thread some milliseconds; the first step then waits for no compiler.
 */
import type { ClosedFormSums } from "../../core/similarity/sums";
import { cifar10Form } from "../../core/data/cifar10";
import type { DataForm } from "../../core/data/form";
import type { ImageSet } from "../../core/data/image-set";
import { compileAhead, compilesAhead } from "../../core/tensor/steps";
import type { WorkerTask } from "../kinds/registry";
import type { WorkerContext } from "./tasks/context";
import { executeTask, executorOf } from "./tasks/execute";

/**
 * Resolves when the task's programs are compiled, or need not be. Never throws: the task itself
 * will report why.
 */
export type WarmUp = (task: WorkerTask, sums: readonly ClosedFormSums[]) => Promise<void>;

export function createWarmUp(context: WorkerContext): WarmUp {
  const compiled = new Set<string>();
  return async (task, sums) => {
    if (!compilesAhead()) return;
    const executor = executorOf(task);
    // The context caches them; a failure is reported when they are requested again.
    for (const images of executor.images(task)) void context.images(images).catch(() => undefined);
    const short = executor.shortened(task);
    const key = JSON.stringify(executor.shapes?.(short) ?? short);
    if (compiled.has(key)) return;
    compiled.add(key);
    try {
      await executor.loadNetworks(task, context);
      await compileAhead(() => executeOnBlanks(short, sums, context));
    } catch {
      // What fails here fails again in the task, which reports it.
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
    images: ({ form = cifar10Form, count }) => Promise.resolve(blankImages(form, count)),
  };
  const executor = executorOf(task);
  for await (const event of executeTask(task, sums, undefined, onBlanks, () => 0)) {
    if (event.type === "step" && executor.compiledAfterOneStep) return;
    const next = event.type === "result" ? executor.next?.(task, event.result) : undefined;
    if (next) await executeOnBlanks(next, [], context);
  }
}

function blankImages(form: DataForm, count: number): ImageSet {
  const { height, width, channels } = form;
  const pixels = new Uint8Array(count * height * width * channels);
  return { ...form, count, labels: new Uint8Array(count), pixels };
}
