/** Run, Pause and Cancel, and how far the run is. */
import { type ReactNode, useEffect, useRef, useState } from "react";
import { underWay, type RunProgress } from "../session/state";
import { useSession, useStorageStatus } from "../view/services";
import { runLabel, statusOf, type RunState } from "./run-status";

/** Two presses within this time may be one double press. */
const doublePressMs = 500;

export function RunPanel(props: RunState): ReactNode {
  const { activity, obstacle, finished, trainsFirst } = props;
  const { run, runCurve, pause, resume, cancel } = useSession();
  const underway = underWay(activity);
  const ready = obstacle === null && !finished && activity.status !== "restoring";
  const status = statusOf(props, useStorageStatus().obstacle === null);
  // Run and Cancel take each other's place, and are not meant by the second of two presses.
  const last = useRef({ button: "", atMs: -Infinity });
  const press = (button: "run" | "cancel", act: () => void): void => {
    const atMs = performance.now();
    const { current: before } = last;
    if (before.button !== button && atMs - before.atMs <= doublePressMs) return;
    last.current = { button, atMs };
    act();
  };
  const alone = props.pairAlone !== null && !trainsFirst;
  return (
    <section className="run-panel" aria-label="Run" tabIndex={-1}>
      <div className="buttons">
        {underway ? (
          <>
            {underway.status === "pausing" || underway.status === "paused" ? (
              <button key="resume" type="button" className="primary" onClick={resume}>
                Resume
              </button>
            ) : (
              <button
                key="pause"
                type="button"
                title="Stops for now; the run can continue later, even after the page is closed"
                disabled={underway.status === "cancelling"}
                onClick={pause}
              >
                Pause
              </button>
            )}
            <button
              type="button"
              title="Ends the run; finished layers are kept"
              disabled={underway.status === "cancelling"}
              onClick={() => press("cancel", cancel)}
            >
              Cancel
            </button>
          </>
        ) : (
          // One element, so that Pause takes its place, and with it the focus, whichever was pressed.
          <span className="run-choice">
            {alone && (
              <button
                key="pair"
                type="button"
                className="primary"
                disabled={!ready}
                onClick={() => press("run", () => runCurve(0))}
              >
                Run this pair
              </button>
            )}
            {/* Its own element, not the one that was Pause: a focused button that is disabled loses the focus. */}
            <button
              key="run"
              type="button"
              className={alone ? undefined : "primary"}
              disabled={!ready}
              onClick={() => press("run", run)}
            >
              {alone ? "Run all curves" : runLabel(props)}
            </button>
          </span>
        )}
      </div>
      {underway && <RunBar progress={underway.progress} />}
      {/* Seen at once, but read aloud only now and then: a run says something many times a second. */}
      <p className="run-status" title={status} aria-hidden="true">
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
