/** How the browser's storage stands, as the page tells it. */
import type { TableName } from "./tables";

/** Why what is computed now lives in this page alone. */
export type Obstacle =
  /** The browser gives no storage, as in some private windows. */
  | "refused"
  /** There is no room, nor anything old that could make some. */
  | "full"
  /** The database belongs to a newer version of the lab: read, never written. */
  | "newer-version"
  /** A page of an older version holds the database open. */
  | "blocked"
  /** A page of a newer version took the database over. */
  | "superseded"
  /** Storage opened, and then failed. */
  | "failed";

export interface Amount {
  readonly count: number;
  readonly sizeBytes: number;
}

export interface StorageStatus {
  /** null while all is well. */
  readonly obstacle: Obstacle | null;
  /** Results and checkpoints held by this page alone, gone when it is closed. */
  readonly unstored: Amount;
  /** Removed to make room, since the page was opened or the visitor said to have read it. */
  readonly evicted: Readonly<Record<TableName, Amount>>;
  /** Files that there was no room for, since the same. */
  readonly unstoredFiles: Amount;
  /** Stored entries that were damaged and removed, since the same. */
  readonly damaged: number;
  /** What the browser says that this site uses and may use; null where it does not say. */
  readonly usage: { readonly usedBytes: number; readonly quotaBytes: number } | null;
  /** Whether the browser has promised not to clear it by itself. */
  readonly persisted: boolean;
}

const none: Amount = { count: 0, sizeBytes: 0 };

export const emptyStatus = {
  evicted: { assets: none, results: none, checkpoints: none },
  unstoredFiles: none,
  damaged: 0,
} as const satisfies Partial<StorageStatus>;

/** Holds the status and tells who listens. */
export interface StatusBoard {
  readonly get: () => StorageStatus;
  /** @returns what ends the subscription */
  readonly subscribe: (listener: () => void) => () => void;
  readonly update: (change: Partial<StorageStatus>) => void;
}

/** Before anything is known of it. */
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
