/** What is not kept and why, and what was removed: shown only where there is something to tell. */
import type { ReactNode } from "react";
import type { StorageStatus } from "../../storage/status";
import { lazyPart } from "../ui/lazy-part";
import { useStorageStatus } from "../view/services";

const StorageNews = lazyPart("the storage notice", () => import("./StorageNews"), {
  fallback: null,
});

export function StorageNotice(): ReactNode {
  const status = useStorageStatus();
  return (
    // Always there, so that screen readers read out what comes into it.
    <div className="storage-notices" role="status">
      {isNews(status) && <StorageNews />}
    </div>
  );
}

function isNews({ obstacle, evicted, unstoredFiles, damaged }: StorageStatus): boolean {
  const removed = Object.values(evicted).some(({ count }) => count > 0);
  return obstacle !== null || removed || unstoredFiles.count > 0 || damaged > 0;
}
