/** Storage of unfinished tasks. */
import { renameKeys } from "../../core/schema";
import type { Task } from "../../experiment/plan/task";
import { parsedCheckpoint, type TaskCheckpoint } from "../kinds/registry";
import type { ResumePoint } from "../network-training";

/** Stores the last checkpoint of each unfinished task, or training of a network. Implemented by `storage` and `cli`. */
export interface CheckpointStore {
  /** @returns what was put last, or undefined; the reader checks it */
  get(key: string): Promise<unknown>;
  /**
   * Replaces the last one, in one transaction with its hash. Never rejects: a full disk must not
   * end a run.
   */
  put(key: string, checkpoint: TaskCheckpoint | ResumePoint): Promise<void>;
  /** Called after the task's result has been stored. */
  delete(key: string): Promise<void>;
}

/** Fields of checkpoints by the names that versions before December 2026 stored them under. */
const oldNames = { vain: "roundsWithoutGain", everHelped: "hasImproved" };

/**
 * The stored checkpoint of a task; undefined where it does not parse or belongs to another kind of
 * task.
 */
export async function storedCheckpoint(
  store: CheckpointStore,
  key: string,
  task: Task,
): Promise<TaskCheckpoint | undefined> {
  return parsedCheckpoint(task, withCurrentNames(await store.get(key)));
}

function withCurrentNames(stored: unknown): unknown {
  if (typeof stored !== "object" || stored === null || !("training" in stored)) return stored;
  return { ...stored, training: renameKeys(stored.training, oldNames) };
}

export interface TrackedCheckpoints extends CheckpointStore {
  /** Resolves when all writes requested until now are done. */
  settled(): Promise<void>;
}

/** Writes in the order of the calls, and lets the caller wait for the writes. */
export function trackedWrites(store: CheckpointStore): TrackedCheckpoints {
  let last: Promise<unknown> = Promise.resolve();
  const after = (write: () => Promise<void>): Promise<void> => {
    const written = last.then(write);
    last = written.catch(() => undefined);
    return written;
  };
  return {
    get: (key) => store.get(key),
    put: (key, checkpoint) => after(() => store.put(key, checkpoint)),
    delete: (key) => after(() => store.delete(key)),
    async settled() {
      await last;
    },
  };
}
