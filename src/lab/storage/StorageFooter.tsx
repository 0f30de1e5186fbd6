/** How much is kept in this browser, and the way to remove it. */
import { useState, type ReactNode } from "react";
import { useSession, useStorage, useStorageStatus } from "../view/services";
import type { StorageStatus } from "../../storage/status";
import { size } from "../format/numbers";

export function StorageFooter(): ReactNode {
  const status = useStorageStatus();
  const usage = usageWords(status);
  // Nothing is kept where there is no storage, and nothing may be removed that is a newer
  // version's.
  const closed = status.obstacle !== null && status.obstacle !== "full";
  if (closed || usage === null) return null;
  return (
    <footer className="page-footer">
      <p>
        Stored in this browser: {usage}.
        {!status.persisted && " It may be cleared when space is low."}
      </p>
      <RemoveStored />
    </footer>
  );
}

/** Asks once more before it removes. */
function RemoveStored(): ReactNode {
  const { clear } = useStorage();
  const { forgetRun } = useSession();
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <button type="button" className="quiet" onClick={() => setAsking(true)}>
        Remove…
      </button>
    );
  }
  return (
    <div className="buttons" role="group" aria-label="Remove stored data">
      <span>
        Remove all results and downloaded files? Your networks, your images and the library are
        kept.
      </span>
      <button
        type="button"
        className="quiet"
        onClick={() => {
          setAsking(false);
          forgetRun("all");
          void clear();
        }}
      >
        Remove
      </button>
      <button type="button" className="quiet" autoFocus onClick={() => setAsking(false)}>
        Cancel
      </button>
    </div>
  );
}

/** "41 MB of about 2.1 GB"; null where the browser does not say. */
export function usageWords({ usage }: StorageStatus): string | null {
  if (usage === null) return null;
  return `${size(usage.usedBytes)} of about ${size(usage.quotaBytes)}`;
}
