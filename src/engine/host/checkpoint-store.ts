/** Where unfinished tasks are kept. */
import type { TaskCheckpoint } from "../checkpoint";

/** Keeps the last checkpoint of each unfinished task. Implemented by `storage` and `cli`. */
export interface CheckpointStore {
  /** @returns what was put last, or undefined; the reader checks it */
  get(key: string): Promise<unknown>;
  /** Replaces the last one, in one transaction with its hash. Keeps it if it can: one that cannot be kept must not end a run. */
  put(key: string, checkpoint: TaskCheckpoint): Promise<void>;
  /** After the task's result has been kept. */
  delete(key: string): Promise<void>;
}
