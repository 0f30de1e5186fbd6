/** Where finished tasks are kept. */
import type { ResultOf, TaskResult, WorkerResult } from "../result";
import { taskResultSchema } from "../result";
import { renameKeys } from "../../core/schema";
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
  const parsed = taskResultSchema.safeParse(withCurrentNames(await store.get(key)));
  return parsed.success && isResultOf(task, parsed.data) ? parsed.data : undefined;
}

/** The first version stored results by tap where today's have sites. */
function withCurrentNames(stored: unknown): unknown {
  if (typeof stored !== "object" || stored === null || !("taps" in stored)) return stored;
  const { taps, ...rest } = stored;
  const sites = Array.isArray(taps) ? taps.map((one) => renameKeys(one, { tap: "site" })) : taps;
  return { ...rest, sites };
}

/** True when a result is of its task's type. */
export function isResultOf<T extends Task>(
  task: T,
  result: TaskResult | WorkerResult,
): result is ResultOf<T> {
  return result.type === task.type || (task.type === "stitch" && result.type === "stitch-failure");
}
