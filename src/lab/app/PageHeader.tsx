/** The bar at the top: the page's name, the open figure, and a button for each other view. */
import { useState, type ReactNode } from "react";
import { FigurePicker } from "../figures/FigurePicker";
import { Present } from "../present/Present";
import { presetOf } from "../session/experiment/preset";
import { withProtocol } from "../session/experiment/edits";
import { underWay, workbenchOf } from "../session/state";
import { DialogFrame } from "../ui/DialogFrame";
import { lazyPart } from "../ui/lazy-part";
import { Menu } from "../ui/Menu";
import { PageDialog } from "../ui/PageDialog";
import { IfVisible, useLabState, useSession, useViewState, useViewStore } from "../view/services";

const LibraryPanel = lazyPart("the library", () => import("../library/LibraryPanel"));
const MethodText = lazyPart("the method", () => import("../learn/MethodText"));
const ShareDialog = lazyPart("the sharing options", () => import("../share/address/ShareDialog"));
const LessonDialog = lazyPart("the choice of slides", () => import("../present/LessonDialog"));
const TourStep = lazyPart("the tour", () => import("../learn/TourStep"), { fallback: null });

export function PageHeader(): ReactNode {
  const bench = workbenchOf(useLabState());
  const [tourAt, setTourAt] = useState<number | null>(null);
  const [explained, explain] = useState(false);
  const [pastListed, listPast] = useState(false);
  const [choosing, choose] = useState(false);
  const running = bench !== null && underWay(bench.activity) !== null;
  return (
    <header className="page-header">
      <IfVisible part="diagram">
        <button type="button" className="skip-link" onClick={focusStitch}>
          Skip to the stitch
        </button>
      </IfVisible>
      <h1>
        <Mark />
        Stitch Lab
      </h1>
      {bench !== null && (
        <IfVisible part="figures">
          <FigurePicker
            models={bench.models}
            current={presetOf(bench.address.spec)}
            running={running}
          />
        </IfVisible>
      )}
      <nav className="page-menu" aria-label="Views">
        <IfVisible part="share">
          <PageDialog label="Share" title="Share this experiment">
            {(close) => <ShareDialog onClose={close} />}
          </PageDialog>
        </IfVisible>
        <Present />
        <Menu label="More">
          {bench !== null && (
            <IfVisible part="library">
              <button type="button" aria-haspopup="dialog" onClick={() => listPast(true)}>
                Library
              </button>
            </IfVisible>
          )}
          <IfVisible part="method">
            <button type="button" aria-haspopup="dialog" onClick={() => explain(true)}>
              How it works
            </button>
          </IfVisible>
          <IfVisible part="tour">
            <button type="button" onClick={() => setTourAt(0)}>
              Tour
            </button>
          </IfVisible>
          {bench !== null && (
            <>
              <IfVisible part="present">
                <button type="button" aria-haspopup="dialog" onClick={() => choose(true)}>
                  Choose slides…
                </button>
              </IfVisible>
              {/* A grid has no curve to draw. */}
              {bench.address.spec.layout === "diagonal" && <PredictButton />}
              <IfVisible part="protocol">
                <QuickLook disabled={running} />
              </IfVisible>
            </>
          )}
        </Menu>
      </nav>
      {/* Not in the menu, which closes and would hide them. */}
      {bench !== null && pastListed && (
        <DialogFrame title="Library: your experiments" onClose={() => listPast(false)}>
          <LibraryPanel
            models={bench.models}
            running={running}
            onPage={bench.results.report}
            onOpened={() => listPast(false)}
          />
        </DialogFrame>
      )}
      {bench !== null && choosing && (
        <DialogFrame title="Figures to present" onClose={() => choose(false)}>
          <LessonDialog {...{ bench, running }} onClose={() => choose(false)} />
        </DialogFrame>
      )}
      {explained && (
        <DialogFrame
          title="How stitching works and how to read a curve"
          onClose={() => explain(false)}
        >
          <MethodText />
        </DialogFrame>
      )}
      {tourAt !== null && <TourStep key={tourAt} at={tourAt} onMove={setTourAt} />}
    </header>
  );
}

/** Two blocks and the cross stitches that join them. */
function Mark(): ReactNode {
  return (
    <svg className="mark" viewBox="0 0 28 28" aria-hidden="true">
      <rect className="mark-top" x="2" y="2" width="24" height="9" rx="2.5" />
      <rect className="mark-bottom" x="2" y="17" width="24" height="9" rx="2.5" />
      <path className="mark-stitch" d="M6 9L11 19M11 9L6 19M17 9L22 19M22 9L17 19" />
    </svg>
  );
}

/** No link: the page's fragment is the experiment. */
function focusStitch(): void {
  document.querySelector<SVGElement>(".stitch-handle")?.focus();
}

/** The first pair without training: what there is to see in a minute. */
function QuickLook({ disabled }: { readonly disabled: boolean }): ReactNode {
  const { change, runCurve } = useSession();
  return (
    <button
      type="button"
      disabled={disabled}
      title="Compute this pair with least-squares stitches on fewer images, by the glance protocol"
      onClick={() => {
        change((spec, models) => withProtocol(spec, "glance", models));
        runCurve(0);
      }}
    >
      Quick look
    </button>
  );
}

/** Covers the results until a curve has been drawn. */
function PredictButton(): ReactNode {
  const { show } = useViewStore();
  if (useViewState().view.predict) return null;
  return (
    <IfVisible part="predict">
      <button type="button" onClick={() => show({ predict: true })}>
        Predict first
      </button>
    </IfVisible>
  );
}
