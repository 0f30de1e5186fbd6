/** Run, Cancel, how far the run is, and the address to share. */
import type { ReactNode } from "react";
import { defaultSpec, type Spec } from "../../experiment/spec";
import { withProtocol } from "../session/edits";
import { underWay, type Activity, type RunProgress, type UnderWay } from "../session/state";
import { PredictButton } from "../predict/PredictButton";
import { lazyPart } from "../ui/lazy-part";
import { PageDialog } from "../ui/PageDialog";
import { IfVisible, useSession } from "../view/services";
import { useAnnounced } from "./use-announced";
import { durations } from "../format/labels";
import { fileName } from "../format/file-names";
import { megabytes, percent, timeLeft } from "../format/numbers";

const ShareDialog = lazyPart("the sharing options", () => import("../share/ShareDialog"));

interface Props {
  readonly activity: Activity;
  readonly spec: Spec;
  /** Why the experiment as set up can never run; null where it can. */
  readonly obstacle: string | null;
  readonly backendKnown: boolean;
  /** Some results are there. */
  readonly started: boolean;
  /** All results are there. */
  readonly finished: boolean;
  /** A recorded result is what is seen, or is on its way. */
  readonly recorded: boolean;
}

export function RunPanel(props: Props): ReactNode {
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

/** In one column they stand beneath everything that was found. */
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

function statusOf(props: Props): string {
  const { activity, spec, obstacle, backendKnown, started, finished, recorded } = props;
  if (obstacle !== null) return obstacle;
  switch (activity.status) {
    case "running":
    case "pausing":
    case "paused":
    case "cancelling":
      return runStatus(activity);
    case "restoring":
      return "Looking for stored results…";
    case "failed":
      return activity.during === "run" ? "Stopped by an error." : "";
    case "cancelled":
      return started
        ? "Cancelled. Finished layers are kept; “Run the rest” continues."
        : "Cancelled.";
    case "idle":
      if (!backendKnown) return "Detecting backends…";
      if (finished) return "Done.";
      if (started) return "Partly computed.";
      if (recorded) {
        return "Saved result. “Run here” recomputes it; “Quick look” takes a minute.";
      }
      return isUsual(spec) ? durations[spec.protocol] : "Not computed yet.";
    default:
      return activity satisfies never;
  }
}

/** Whether what is said of the protocol's time holds for this spec. */
function isUsual(spec: Spec): boolean {
  const [{ top, bottom }] = spec.curves;
  const { trainImages, testImages, epochs, sites } = defaultSpec(top, bottom, spec.protocol);
  return (
    spec.trainImages === trainImages &&
    spec.testImages === testImages &&
    spec.epochs === epochs &&
    spec.sites === sites &&
    spec.curves.length === 1
  );
}

function runStatus({ status, progress, where, recovered }: UnderWay): string {
  const notes = [
    ...(where === "elsewhere" ? ["Running in another tab; this one follows."] : []),
    ...(recovered === null
      ? []
      : [`A worker was lost (${recovered}); its layer resumed from the last checkpoint.`]),
  ];
  return [stanceOf(status, progress), ...notes].join(" · ");
}

function stanceOf(status: UnderWay["status"], progress: RunProgress): string {
  switch (status) {
    case "running":
      return progressText(progress);
    case "pausing":
      return "Pausing at the next step…";
    case "paused":
      return progress.stage === "working" ? `Paused at ${percent(progress.fraction)}.` : "Paused.";
    case "cancelling":
      return "Stopping…";
    default:
      return status satisfies never;
  }
}

function progressText(progress: RunProgress): string {
  switch (progress.stage) {
    case "starting":
      return "Starting…";
    case "files": {
      const { done, total, file } = progress;
      return done >= total
        ? "Starting workers…"
        : `Loading file ${done + 1} of ${total}: ${fileName(file)}`;
    }
    case "working": {
      const { fraction, activity, remainingMs, tensorBytes } = progress;
      const left = remainingMs === null ? "" : ` · ${timeLeft(remainingMs)}`;
      return `${percent(fraction)} · ${activity}${left} · ${megabytes(tensorBytes)} of tensors`;
    }
    default:
      return progress satisfies never;
  }
}
