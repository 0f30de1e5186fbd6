/**
 * The visitor's own networks. They are theirs: nothing is removed to make room that they did not remove, and
 * what the browser cannot keep is held in memory until the page is closed.
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
import { sealed, unsealed } from "./record";
import type { StatusBoard, StorageStatus } from "./status";
import type { OpenTables } from "./tables";

interface Deps {
  readonly connect: Connect;
  readonly board: StatusBoard;
  readonly recordStore: RecordStore;
  /** Asks the browser how much is used, and tells it to the board. */
  readonly measure: () => Promise<StorageStatus["usage"]>;
  /** Unix time. */
  readonly nowMs: () => number;
}

interface UnstoredModel {
  readonly network: UserModel;
  /** Where workers read it, who have no part in this page's memory. */
  readonly url: string;
}

/** Begins the path of a file that no server has. */
const userFileScheme = "own-file:";

/** The name of a file by its path, where it is the visitor's own; undefined for files of a server. */
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

  async function stored(): Promise<UserModel[]> {
    try {
      const entries = (await (await connect())?.networks()) ?? [];
      // What cannot be read may be a newer version's: it is left alone.
      return entries.flatMap(
        (entry) => userModelSchema.safeParse(unsealed(entry)?.value).data ?? [],
      );
    } catch (thrown) {
      console.warn("the list of one's own networks could not be read", thrown);
      return [];
    }
  }

  async function keep(network: UserModel, bytes: Uint8Array): Promise<boolean> {
    try {
      const tables = await connect();
      if (!tables?.writable) return false;
      const put = (): ReturnType<OpenTables["putNetwork"]> =>
        tables.putNetwork(network.sha256, sealed(network, nowMs()), bytes);
      return await putOrEvict(
        put,
        { tables, board, isEvictable: filesOnly(recordStore.isEvictable) },
        { neededBytes: () => [bytes.byteLength] },
      );
    } catch (thrown) {
      console.warn("a network could not be kept in the browser's storage", thrown);
      return false;
    }
  }

  function forget(sha256: string): void {
    const own = unstored.get(sha256);
    if (own) URL.revokeObjectURL(own.url);
    unstored.delete(sha256);
  }

  return {
    async list() {
      const kept = (await stored()).filter(({ sha256 }) => !unstored.has(sha256));
      return [
        ...kept.map((network) => ({ ...network, stored: true })),
        ...[...unstored.values()].map(({ network }) => ({ ...network, stored: false })),
      ].sort(byName);
    },
    async put(network, bytes) {
      const kept = await keep(network, bytes);
      forget(network.sha256);
      if (!kept) {
        const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)]));
        unstored.set(network.sha256, { network, url });
      }
      await measure();
      return { ...network, stored: kept };
    },
    async remove(sha256) {
      forget(sha256);
      try {
        const tables = await connect();
        if (tables?.writable) await tables.deleteNetwork(sha256);
      } catch (thrown) {
        console.warn("a network could not be removed from the browser's storage", thrown);
      }
      await measure();
    },
    // What follows the # is for people: it is no part of what is fetched.
    path: ({ sha256, name }) => {
      const url = unstored.get(sha256)?.url;
      return url === undefined ? userFileScheme + name : `${url}#${name}`;
    },
  };
}

function byName(a: StoredModel, b: StoredModel): number {
  return a.name.localeCompare(b.name) || (a.sha256 < b.sha256 ? -1 : 1);
}
