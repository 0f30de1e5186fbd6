/** Run, Cancel, how far the run is, and the address to share. */
import { type ReactNode, useEffect, useRef, useState } from "react";
import { withProtocol } from "../session/edits";
import { underWay, type RunProgress } from "../session/state";
import { lazyPart } from "../ui/lazy-part";
import { PageDialog } from "../ui/PageDialog";
import { IfVisible, useSession, useViewState, useViewStore } from "../view/services";
import { statusOf, type RunState } from "./run-status";

const ShareDialog = lazyPart("the sharing options", () => import("../share/ShareDialog"));

export function RunPanel(props: RunState): ReactNode {
  const { activity, spec, obstacle, backendKnown, started, finished, recorded } = props;
  const { run, pause, resume, cancel } = useSession();
  const underway = underWay(activity);
  const ready = obstacle === null && backendKnown && !finished && activity.status !== "restoring";
  const status = statusOf(props);
  return (
    <section className="run-panel" aria-label="Run" tabIndex={-1}>
      <div className="buttons">
        {underway ? (
          <>
            {underway.status === "pausing" || underway.status === "paused" ? (
              <button type="button" className="primary" onClick={resume}>
                Resume
              </button>
            ) : (
              <button type="button" disabled={underway.status === "cancelling"} onClick={pause}>
                Pause
              </button>
            )}
            <button type="button" disabled={underway.status === "cancelling"} onClick={cancel}>
              Cancel
            </button>
          </>
        ) : (
          <button type="button" className="primary" disabled={!ready} onClick={run}>
            {started && !finished ? "Run the rest" : recorded ? "Run here" : "Run"}
          </button>
        )}
        <IfVisible part="share">
          <PageDialog label="Share" title="Share this experiment">
            {() => <ShareDialog />}
          </PageDialog>
        </IfVisible>
        {recorded && !underway && !started && (
          <IfVisible part="protocol">
            <QuickLook />
          </IfVisible>
        )}
        {/* A grid has no curve to draw. */}
        {spec.layout === "diagonal" && <PredictButton />}
        {!underway && (
          <IfVisible part="settings">
            <ToSettings />
          </IfVisible>
        )}
        {underway && <p className="hint">Settings are locked while running.</p>}
      </div>
      {underway && <RunBar progress={underway.progress} />}
      {/* Seen at once, but read aloud only now and then: a run says something many times a second. */}
      <p className="run-status" aria-hidden="true">
        {status}
      </p>
      <p className="visually-hidden" role="status">
        {useAnnounced(status, activity.status)}
      </p>
    </section>
  );
}

const announceEveryMs = 10_000;

/**
 * Slows text down for a live region, which screen readers read out whenever it changes: returns the
 * text of at most ten seconds ago, or the current one when `stage` has changed.
 */
function useAnnounced(text: string, stage: string): string {
  const [announced, setAnnounced] = useState({ text, stage });
  const latest = useRef({ text, stage });

  useEffect(() => {
    latest.current = { text, stage };
  }, [text, stage]);

  useEffect(() => {
    const timer = setInterval(() => setAnnounced(latest.current), announceEveryMs);
    return () => clearInterval(timer);
  }, []);

  if (announced.stage !== stage) setAnnounced({ text, stage });
  return announced.text;
}

/** The same networks without training: what there is to see in a minute. */
function QuickLook(): ReactNode {
  const { change } = useSession();
  return (
    <button
      type="button"
      title="Use the glance protocol: least-squares stitches on fewer images"
      onClick={() => change((spec, models) => withProtocol(spec, "glance", models))}
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

/** Scrolls to the settings, which a one-column layout places below the results. */
function ToSettings(): ReactNode {
  return (
    <button
      type="button"
      className="quiet in-one-column"
      onClick={() => {
        const settings = document.querySelector(".setup");
        settings?.scrollIntoView();
        settings?.querySelector("select")?.focus({ preventScroll: true });
      }}
    >
      Networks and settings ↓
    </button>
  );
}

function RunBar({ progress }: { readonly progress: RunProgress }): ReactNode {
  switch (progress.stage) {
    case "starting":
      return <progress aria-label="Files" value={0} max={1} />;
    case "files":
      // All here: how long workers take to start is not known, which a bar without a value says.
      return progress.done >= progress.total ? (
        <progress aria-label="Starting" />
      ) : (
        <progress aria-label="Files" value={progress.done} max={progress.total} />
      );
    case "working":
      return <progress aria-label="Experiment" value={progress.fraction} max={1} />;
    default:
      return progress satisfies never;
  }
}
