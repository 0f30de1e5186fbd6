/** The state of the browser's storage, as the page shows it. */
import type { TableName } from "./tables";

/** Why results are only in this page's memory. */
export type Obstacle =
  /** The browser gives no storage, as in some private windows. */
  | "refused"
  /** There is no room, and nothing old to remove. */
  | "full"
  /** The database belongs to a newer version of the lab: read, never written. */
  | "newer-version"
  /** A page of an older version keeps the database open. */
  | "blocked"
  /** The browser does not answer whether there is storage. */
  | "no-answer"
  /** A page of a newer version took the database over. */
  | "superseded"
  /** Storage opened, and then failed. */
  | "failed";

export interface Amount {
  readonly count: number;
  readonly sizeBytes: number;
}

export interface StorageStatus {
  /** null while there is none. */
  readonly obstacle: Obstacle | null;
  /** Results and checkpoints only in this page's memory, lost when it is closed. */
  readonly unstored: Amount;
  /** Removed to make room, since the page was opened or the visitor dismissed the notice. */
  readonly evicted: Readonly<Record<TableName, Amount>>;
  /** Files that there was no room for, since the same. */
  readonly unstoredFiles: Amount;
  /** Stored entries that were damaged and removed, since the same. */
  readonly damaged: number;
  /** What this site uses and may use; null where the browser does not say. */
  readonly usage: { readonly usedBytes: number; readonly quotaBytes: number } | null;
  /** Whether the browser has promised not to clear it when the disk runs low. */
  readonly persisted: boolean;
}

const none: Amount = { count: 0, sizeBytes: 0 };

export const emptyStatus = {
  evicted: { assets: none, results: none, checkpoints: none },
  unstoredFiles: none,
  damaged: 0,
} as const satisfies Partial<StorageStatus>;

/** Stores the status and notifies its subscribers. */
export interface StatusBoard {
  readonly get: () => StorageStatus;
  /** @returns a function that unsubscribes */
  readonly subscribe: (listener: () => void) => () => void;
  readonly update: (change: Partial<StorageStatus>) => void;
}

/** The status before anything is known. */
export const initialStatus: StorageStatus = {
  obstacle: null,
  unstored: none,
  ...emptyStatus,
  usage: null,
  persisted: false,
};

export function statusBoard(): StatusBoard {
  let status = initialStatus;
  const listeners = new Set<() => void>();
  return {
    get: () => status,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    update(change) {
      status = { ...status, ...change };
      for (const listener of listeners) listener();
    },
  };
}
