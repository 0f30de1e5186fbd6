/** The tables of the lab's database in IndexedDB. */
import { byUse, type LabDatabase } from "./migration";
import { ownFileTables, type EntryUsage, type OpenTables } from "./tables";

export function tablesOf(database: LabDatabase, writable: boolean): OpenTables {
  return {
    writable,
    get: (table, key) => database.get(table, key),
    async put(table, key, entry) {
      try {
        await database.put(table, entry, key);
        return "stored";
      } catch (thrown) {
        if (isQuota(thrown)) return "no-room";
        throw thrown;
      }
    },
    async delete(table, keys) {
      const transaction = database.transaction(table, "readwrite");
      await Promise.all([...keys.map((key) => transaction.store.delete(key)), transaction.done]);
    },
    async usages(table) {
      if (table === "assets") return usesOfFiles(database);
      const uses: EntryUsage[] = [];
      let cursor = await database.transaction(table).store.index(byUse).openKeyCursor();
      while (cursor) {
        const [usedAtMs, sizeBytes] = cursor.key;
        uses.push({ table, key: cursor.primaryKey, usedAtMs, sizeBytes });
        cursor = await cursor.continue();
      }
      return uses;
    },
    ownRecords: (kind) => database.getAll(kind),
    async putOwn(kind, key, record, files) {
      const fileTable = ownFileTables[kind];
      const transaction = database.transaction([kind, fileTable], "readwrite");
      const table = transaction.objectStore(fileTable);
      try {
        await Promise.all([
          transaction.objectStore(kind).put(record, key),
          ...[...files].map(([sha256, file]) => table.put(file, sha256)),
          transaction.done,
        ]);
        return "stored";
      } catch (thrown) {
        // Also where a put has failed first: the transaction says why.
        if (isQuota(thrown) || isQuota(transaction.error)) return "no-room";
        throw thrown;
      }
    },
    async deleteOwn(kind, key, filesOf) {
      const fileTable = ownFileTables[kind];
      const transaction = database.transaction([kind, fileTable], "readwrite");
      const records = transaction.objectStore(kind);
      const files = transaction.objectStore(fileTable);
      const own = filesOf(key, await records.get(key)) ?? [];
      await records.delete(key);
      const [keys, others] = await Promise.all([records.getAllKeys(), records.getAll()]);
      const named = others.map((record, k) => filesOf(keys[k] ?? "", record));
      // A record that only a newer version reads may have any of them.
      const unused = named.includes(null)
        ? []
        : own.filter((sha256) => !named.some((list) => list?.includes(sha256)));
      await Promise.all([...unused.map((sha256) => files.delete(sha256)), transaction.done]);
    },
    async experiments() {
      const transaction = database.transaction("experiments");
      const [ids, records] = await Promise.all([
        transaction.store.getAllKeys(),
        transaction.store.getAll(),
      ]);
      return ids.map((id, k) => ({ id, record: records[k] }));
    },
    async changeExperiment(id, change) {
      const transaction = database.transaction("experiments", "readwrite");
      // It is awaited last; until then a rejection must not count as unhandled.
      transaction.done.catch(() => undefined);
      try {
        const record = change(await transaction.store.get(id));
        if (record) await transaction.store.put(record, id);
        await transaction.done;
        return "stored";
      } catch (thrown) {
        if (isQuota(thrown) || isQuota(transaction.error)) return "no-room";
        throw thrown;
      }
    },
    deleteExperiment: (id) => database.delete("experiments", id),
    async clear() {
      const tables = ["assets", "results", "checkpoints"] as const;
      const transaction = database.transaction(tables, "readwrite");
      const cleared = tables.map((table) => transaction.objectStore(table).clear());
      await Promise.all([...cleared, transaction.done]);
    },
  };
}

/** Files do not say how large they are; each is read for it. Done only when there is no room. */
async function usesOfFiles(database: LabDatabase): Promise<EntryUsage[]> {
  const uses: EntryUsage[] = [];
  let cursor = await database.transaction("assets").store.openCursor();
  while (cursor) {
    const file = cursor.value;
    const sizeBytes = file instanceof Uint8Array ? file.byteLength : 0;
    uses.push({ table: "assets", key: cursor.primaryKey, sizeBytes, usedAtMs: 0 });
    cursor = await cursor.continue();
  }
  return uses;
}

/** Whether the browser refuses because there is no room. */
export function isQuota(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === "QuotaExceededError";
}
