/**
 * Stores the visitor's own networks. They are never removed to make room; what the browser cannot
 * store stays in memory until the page is closed.
 */
import {
  userModelSchema,
  type ModelStore,
  type UserModel,
  type StoredModel,
} from "../engine/user-model";
import type { Connect } from "./connection";
import type { RecordStore } from "./record-store";
import { filesOnly, putOrEvict } from "./eviction";
import { orWarn } from "./or-warn";
import { sealed, unsealed } from "./record";
import type { StatusBoard, StorageStatus } from "./status";

interface Deps {
  readonly connect: Connect;
  readonly board: StatusBoard;
  readonly recordStore: RecordStore;
  /** Asks the browser how much is used, and updates the board. */
  readonly measure: () => Promise<StorageStatus["usage"]>;
  /** Unix time. */
  readonly nowMs: () => number;
}

interface UnstoredModel {
  readonly network: UserModel;
  /** Where workers read it, which do not share this page's memory. */
  readonly url: string;
}

/** Begins the path of a file that no server has. */
export const userFileScheme = "own-file:";

/**
 * The name of a file by its path, where it is the visitor's own; undefined for files of a server.
 */
export function userModelName(path: string): string | undefined {
  return path.startsWith(userFileScheme) ? path.slice(userFileScheme.length) : undefined;
}

export function createModelStore({
  connect,
  board,
  recordStore,
  measure,
  nowMs,
}: Deps): ModelStore {
  const unstored = new Map<string, UnstoredModel>();

  const stored = (): Promise<UserModel[]> =>
    orWarn("list networks", [], async () => {
      const entries = (await (await connect())?.networks()) ?? [];
      // What cannot be read may come from a newer version: it is left alone.
      return entries.flatMap(
        (entry) => userModelSchema.safeParse(unsealed(entry)?.value).data ?? [],
      );
    });

  const store = (network: UserModel, bytes: Uint8Array): Promise<boolean> =>
    orWarn("write a network", false, async () => {
      const tables = await connect();
      if (!tables?.writable) return false;
      return putOrEvict(
        () => tables.putNetwork(network.sha256, sealed(network, nowMs()), bytes),
        { tables, board, isEvictable: filesOnly(recordStore.isEvictable) },
        { neededBytes: () => [bytes.byteLength] },
      );
    });

  function forget(sha256: string): void {
    const own = unstored.get(sha256);
    if (own) URL.revokeObjectURL(own.url);
    unstored.delete(sha256);
  }

  return {
    async list() {
      const listed = (await stored()).filter(({ sha256 }) => !unstored.has(sha256));
      return [
        ...listed.map((network) => ({ ...network, stored: true })),
        ...[...unstored.values()].map(({ network }) => ({ ...network, stored: false })),
      ].sort(byName);
    },
    async put(network, bytes) {
      const isStored = await store(network, bytes);
      forget(network.sha256);
      if (!isStored) {
        const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)]));
        unstored.set(network.sha256, { network, url });
      }
      await measure();
      return { ...network, stored: isStored };
    },
    async remove(sha256) {
      forget(sha256);
      await orWarn("remove a network", undefined, async () => {
        const tables = await connect();
        if (tables?.writable) await tables.deleteNetwork(sha256);
      });
      await measure();
    },
    // What follows the # is for people: it is not part of what is fetched.
    path: ({ sha256, name }) => {
      const url = unstored.get(sha256)?.url;
      return url === undefined ? userFileScheme + name : `${url}#${name}`;
    },
  };
}

function byName(a: StoredModel, b: StoredModel): number {
  return a.name.localeCompare(b.name) || (a.sha256 < b.sha256 ? -1 : 1);
}
