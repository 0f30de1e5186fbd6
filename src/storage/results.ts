/**
 * Results of tasks in IndexedDB. One that cannot be kept, as when the disk is full, is still shown and
 * reported; it is computed again next time.
 */
import type { ResultStore } from "../engine/host/result-store";
import { stored, type Database } from "./database";

export function databaseResults(database: Database): ResultStore {
  return {
    get: (key) => stored("stored results", () => database.get("results", key)),
    async put(key, result) {
      try {
        await stored("stored results", () => database.put("results", result, key));
      } catch (thrown) {
        console.warn("a result could not be kept in the browser's storage", thrown);
      }
    },
  };
}
