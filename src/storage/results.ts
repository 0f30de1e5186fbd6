/** Results of tasks in IndexedDB. */
import type { ResultStore } from "../engine/host/result-store";
import { stored, type Database } from "./database";

export function databaseResults(database: Database): ResultStore {
  return {
    get: (key) => stored("stored results", () => database.get("results", key)),
    async put(key, result) {
      await stored("stored results", () => database.put("results", result, key));
    },
  };
}
