/** The page's name, one sentence on what it is, and a button for each of its other views. */
import { useState, type ReactNode } from "react";
import { Present } from "../present/Present";
import { presetOf } from "../session/preset";
import { IfVisible, useLabState } from "../view/services";
import { underWay } from "../session/state";
import { lazyPart } from "../ui/lazy-part";
import { PageDialog } from "../ui/PageDialog";

const Gallery = lazyPart("the figures", () => import("../figures/Gallery"));
const LibraryPanel = lazyPart("the library", () => import("../library/LibraryPanel"));
const MethodText = lazyPart("the method", () => import("../learn/MethodText"));
const TourStep = lazyPart("the tour", () => import("../learn/TourStep"), { fallback: null });

export function PageHeader(): ReactNode {
  return (
    <header className="page-header">
      <div className="page-title">
        <h1>Stitch Lab</h1>
        <nav className="page-menu" aria-label="Views">
          <Figures />
          <Library />
          <IfVisible part="tour">
            <Tour />
          </IfVisible>
          <IfVisible part="method">
            <PageDialog label="How it works" title="How stitching works and how to read a curve">
              {() => <MethodText />}
            </PageDialog>
          </IfVisible>
          <Present />
        </nav>
      </div>
      <IfVisible part="intro">
        <p>
          Feed one network’s <span className="role-bottom">lower layers</span> into another’s{" "}
          <span className="role-top">upper layers</span> through a small trained{" "}
          <span className="role-stitch">stitch</span>. How much accuracy does it cost at each layer?
        </p>
      </IfVisible>
    </header>
  );
}

/** Nothing until the networks are known. */
function Figures(): ReactNode {
  const { workbench } = useLabState();
  if (workbench.status !== "ready") return null;
  const { models, address, activity } = workbench.value;
  return (
    <IfVisible part="figures">
      <PageDialog label="Figures" title="Figures: the paper’s experiments and more">
        {(close) => (
          <Gallery
            models={models}
            current={presetOf(address.spec)}
            running={underWay(activity) !== null}
            onOpened={close}
          />
        )}
      </PageDialog>
    </IfVisible>
  );
}

/** Nothing until the networks are known. */
function Library(): ReactNode {
  const { workbench } = useLabState();
  if (workbench.status !== "ready") return null;
  const { models, activity, results } = workbench.value;
  return (
    <IfVisible part="library">
      <PageDialog label="Library" title="Library: finished experiments">
        {(close) => (
          <LibraryPanel
            models={models}
            running={underWay(activity) !== null}
            onPage={results.report}
            onOpened={close}
          />
        )}
      </PageDialog>
    </IfVisible>
  );
}

function Tour(): ReactNode {
  const [at, setAt] = useState<number | null>(null);
  return (
    <>
      <button type="button" onClick={() => setAt(0)}>
        Tour
      </button>
      {at !== null && <TourStep key={at} at={at} onMove={setAt} />}
    </>
  );
}
