/** Storage of finished tasks. */
import { renameKeys } from "../../core/schema";
import { sha256Hex } from "../../core/weights/hash";
import { batchSize } from "../../experiment/protocol";
import type { BackendName } from "../../experiment/report";
import { taskIdentity, type Task } from "../../experiment/plan/task";
import { parsedResult, type ResultOf, type TaskResult } from "../kinds/registry";

/** Stores results by key. Implemented by `storage` and `cli`. */
export interface ResultStore {
  /** @returns what was put, or undefined; the reader checks it */
  get(key: string): Promise<unknown>;
  /** Never rejects: a full disk must not end a run. */
  put(key: string, result: TaskResult): Promise<void>;
  /** Called for a result that is needed only for others, once they have been stored. */
  delete(key: string): Promise<void>;
  /**
   * Called for sums that the run does not need any more; a store that ends with the run forgets
   * them.
   */
  release?(key: string): Promise<void>;
}

/** The key of a task's result. */
export function keyOf(task: Task, backend: BackendName): string {
  return sha256Hex(taskIdentity(task, batchSize, backend));
}

/**
 * The stored result of a task, or undefined. A record that does not parse counts as absent: the
 * task is computed again, and its record replaced.
 */
export async function storedResult<T extends Task>(
  store: Pick<ResultStore, "get">,
  key: string,
  task: T,
): Promise<ResultOf<T> | undefined> {
  return parsedResult(task, withCurrentNames(await store.get(key)));
}

/** The first version stored results by tap where today's have sites. */
function withCurrentNames(stored: unknown): unknown {
  if (typeof stored !== "object" || stored === null || !("taps" in stored)) return stored;
  const { taps, ...rest } = stored;
  const sites = Array.isArray(taps) ? taps.map((one) => renameKeys(one, { tap: "site" })) : taps;
  return { ...rest, sites };
}
