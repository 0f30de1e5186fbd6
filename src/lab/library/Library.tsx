/** The way to past experiments. */
import { lazy, Suspense, type ReactNode } from "react";
import { underWay } from "../session/state";
import { PageDialog } from "../ui/PageDialog";
import { useLabState } from "../session/session-context";

const LibraryPanel = lazy(() => import("./LibraryPanel"));

/** Nothing while there are no networks to tell experiments by. */
export function Library(): ReactNode {
  const { workbench } = useLabState();
  if (workbench.status !== "ready") return null;
  const { models, activity, results } = workbench.value;
  return (
    <PageDialog label="Library" title="Library: finished experiments">
      {(close) => (
        <Suspense fallback={<p>Opening the library…</p>}>
          <LibraryPanel
            models={models}
            running={underWay(activity) !== null}
            onPage={results.report}
            onOpened={close}
          />
        </Suspense>
      )}
    </PageDialog>
  );
}
