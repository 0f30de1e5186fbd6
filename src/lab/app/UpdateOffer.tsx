/** Offers a newer version of the page; never while a run is under way. */
import { useSyncExternalStore, type ReactNode } from "react";
import { underWay, workbenchOf } from "../session/state";
import { useUpdates, useLabState } from "../view/services";

export function UpdateOffer(): ReactNode {
  const updates = useUpdates();
  const ready = useSyncExternalStore(updates.subscribe, updates.ready, () => false);
  const bench = workbenchOf(useLabState());
  if (!ready) return null;
  const running = bench !== null && underWay(bench.activity) !== null;
  return (
    <div className="notice notice-happened" role="status">
      <div>
        <p>A new version is available. {running && "You can update after the run."}</p>
      </div>
      {!running && (
        <button type="button" className="quiet" onClick={updates.apply}>
          Update
        </button>
      )}
    </div>
  );
}
