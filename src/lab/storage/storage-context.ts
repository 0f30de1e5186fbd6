/** How views reach the browser's storage and how it stands. */
import { createContext, useContext, useSyncExternalStore } from "react";
import { initialStatus, type StorageStatus } from "../../storage/status";
import type { Storage } from "../../storage/storage";

export const StorageContext = createContext<Storage | null>(null);

export function useStorage(): Storage {
  const storage = useContext(StorageContext);
  if (storage === null) throw new Error("no storage around this view");
  return storage;
}

export function useStorageStatus(): StorageStatus {
  const { subscribe, getStatus } = useStorage();
  return useSyncExternalStore(subscribe, getStatus, () => initialStatus);
}
