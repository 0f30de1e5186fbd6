/** Keeps results and checkpoints for as long as the process runs. */
import type { CheckpointStore } from "../engine/host/checkpoint-store";
import type { ResultStore } from "../engine/host/result-store";

export function memoryStore(): ResultStore {
  return kept();
}

export function memoryCheckpoints(): CheckpointStore {
  return kept();
}

function kept(): CheckpointStore & ResultStore {
  const values = new Map<string, unknown>();
  return {
    get: (key) => Promise.resolve(values.get(key)),
    put(key: string, value: unknown) {
      values.set(key, value);
      return Promise.resolve();
    },
    delete(key) {
      values.delete(key);
      return Promise.resolve();
    },
  };
}
