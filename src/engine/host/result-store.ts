/** Where finished tasks are kept. */
import type { ResultOf, TaskResult, WorkerResult } from "../result";
import { taskResultSchema } from "../result";
import type { Task } from "../../experiment/task";

/** Keeps results by key. Implemented by `storage` and `cli`. */
export interface ResultStore {
  /** @returns what was put, or undefined; the reader checks it */
  get(key: string): Promise<unknown>;
  /** Keeps it if it can: a result that cannot be kept must not end a run. */
  put(key: string, result: TaskResult): Promise<void>;
}

/**
 * The stored result of a task, or undefined. A record that no longer parses counts as absent: the task is
 * computed again, and its record replaced.
 */
export async function storedResult<T extends Task>(
  store: ResultStore,
  key: string,
  task: T,
): Promise<ResultOf<T> | undefined> {
  const parsed = taskResultSchema.safeParse(await store.get(key));
  return parsed.success && isResultOf(task, parsed.data) ? parsed.data : undefined;
}

/** True when a result is of its task's type. */
export function isResultOf<T extends Task>(
  task: T,
  result: TaskResult | WorkerResult,
): result is ResultOf<T> {
  return result.type === task.type || (task.type === "stitch" && result.type === "stitch-failure");
}
