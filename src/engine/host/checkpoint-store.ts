/** Where the last checkpoint of each unfinished task is kept. */

/** Keeps the last checkpoint of each unfinished task. */
export interface CheckpointStore {
  /** @returns what was put last, or undefined; the reader checks it */
  get(key: string): Promise<unknown>;
  /** Replaces the last one, in one transaction with its hash. Keeps it if it can: one that cannot be kept must not end a run. */
  put(key: string, checkpoint: unknown): Promise<void>;
  /** After the task's result has been kept. */
  delete(key: string): Promise<void>;
}
