/** Run, Cancel, how far the run is, and the address to share. */
import type { ReactNode } from "react";
import { defaultSpec, type Spec } from "../../experiment/spec";
import type { Activity } from "../session/state";
import { CopyAddress } from "./CopyAddress";
import { useSession } from "./session-context";
import { useAnnounced } from "./use-announced";
import { durations, percent, timeLeft } from "./words";

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
}

export function RunPanel(props: Props): ReactNode {
  const { activity, obstacle, backendKnown, started, finished } = props;
  const { run, cancel } = useSession();
  const running = activity.status === "running";
  const ready = obstacle === null && backendKnown && !finished && activity.status !== "recalling";
  const status = statusOf(props);
  return (
    <section className="run-panel" aria-label="Run">
      <div className="buttons">
        {running ? (
          <button type="button" disabled={activity.cancelling} onClick={cancel}>
            Cancel
          </button>
        ) : (
          <button type="button" className="primary" disabled={!ready} onClick={run}>
            {started && !finished ? "Run the rest" : "Run"}
          </button>
        )}
        <CopyAddress />
        {running && <p className="hint">Cancel to change the experiment.</p>}
      </div>
      {running && <RunProgress activity={activity} />}
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

type Running = Extract<Activity, { status: "running" }>;

function RunProgress({ activity }: { readonly activity: Running }): ReactNode {
  const { assets, work } = activity;
  const fraction = work?.fraction ?? 0;
  // Files come first and are soon there; until the work has begun the bar tells of them.
  const value = work === null && assets !== null ? assets.done / assets.total : fraction;
  return <progress aria-label={work === null ? "Files" : "Experiment"} value={value} max={1} />;
}

function statusOf({ activity, spec, obstacle, backendKnown, started, finished }: Props): string {
  if (obstacle !== null) return obstacle;
  switch (activity.status) {
    case "running":
      return runningStatus(activity);
    case "recalling":
      return "Looking for stored results…";
    case "failed":
      return activity.during === "run" ? "Stopped by an error." : "";
    case "cancelled":
      return started
        ? "Cancelled. What was finished is kept; “Run the rest” goes on from there."
        : "Cancelled.";
    case "idle":
      if (!backendKnown)
        return "Run will be ready once it is known what this machine can compute on.";
      if (finished) return "Finished. All results are stored in this browser.";
      if (started) return "Part of this experiment is stored in this browser already.";
      return isUsual(spec) ? durations[spec.protocol] : "Not computed yet.";
    default:
      return activity satisfies never;
  }
}

/** Whether what is said of the protocol's time holds for this spec. */
function isUsual(spec: Spec): boolean {
  const { trainImages, testImages, epochs, taps } = defaultSpec(
    spec.top,
    spec.bottom,
    spec.protocol,
  );
  return (
    spec.trainImages === trainImages &&
    spec.testImages === testImages &&
    spec.epochs === epochs &&
    spec.taps === taps
  );
}

function runningStatus({ assets, work, cancelling }: Running): string {
  if (cancelling) return "Stopping…";
  if (work !== null) {
    const left = work.remainingMs === null ? "" : ` · ${timeLeft(work.remainingMs)}`;
    return `${percent(work.fraction)} · ${work.activity}${left}`;
  }
  if (assets === null) return "Starting…";
  const { done, total, file } = assets;
  if (done >= total) return "Starting the workers…";
  return `Fetching file ${String(done + 1)} of ${String(total)}: ${file}`;
}
