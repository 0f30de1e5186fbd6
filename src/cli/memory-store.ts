/** Keeps results for as long as the process runs. */
import type { ResultStore } from "../engine/host/result-store";

export function memoryStore(): ResultStore {
  const results = new Map<string, unknown>();
  return {
    get: (key) => Promise.resolve(results.get(key)),
    put(key, result) {
      results.set(key, result);
      return Promise.resolve();
    },
  };
}
