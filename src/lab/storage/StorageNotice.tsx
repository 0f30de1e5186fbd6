/** What is not kept and why, and what was removed: shown only where there is something to tell. */
import { lazy, type ReactNode } from "react";
import type { StorageStatus } from "../../storage/status";
import { LazyBoundary } from "../ui/LazyBoundary";
import { useStorageStatus } from "./storage-context";

const StorageNews = lazy(() => import("./StorageNews"));

export function StorageNotice(): ReactNode {
  const status = useStorageStatus();
  return (
    // Always there, so that screen readers read out what comes into it.
    <div className="storage-notices" role="status">
      {isNews(status) && (
        <LazyBoundary name="the storage notice" unseen>
          <StorageNews />
        </LazyBoundary>
      )}
    </div>
  );
}

function isNews({
  obstacle,
  evicted,
  unstoredFiles: unkeptFiles,
  damaged,
}: StorageStatus): boolean {
  const removed = Object.values(evicted).some(({ count }) => count > 0);
  return obstacle !== null || removed || unkeptFiles.count > 0 || damaged > 0;
}
