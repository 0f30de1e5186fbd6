/** From one state of the page to the next. Pure: the session does what must be done besides. */
import type { AddressProblem } from "../../experiment/address/address";
import type { ExperimentEvent } from "../../experiment/events";
import type { LabAction } from "./actions";
import { reduceModelImport } from "./own-files/model-import";
import { emptyResults, withEvent, type Results } from "./results/results";
import { keptResults } from "./results/shared-curves";
import {
  awaitsInputs,
  effectiveBackend,
  experimentKey,
  freshWorkbench,
  underWay,
  workbenchOf,
  type Activity,
  type LabState,
  type UnderWay,
  type Workbench,
} from "./state";

export function reduce(state: LabState, action: LabAction): LabState {
  switch (action.type) {
    case "zoo-loading":
      return { ...state, workbench: { status: "loading" } };
    case "zoo-failed":
      return { ...state, queued: null, workbench: { status: "failed", error: action.error } };
    case "opened": {
      const { report, again = false } = action;
      const value = freshWorkbench(action.models, action.address, action.problems);
      const queued = again && !report ? state.queued : null;
      const opened: LabState = { ...state, queued, workbench: { status: "ready", value } };
      const results = report
        ? withEvent(emptyResults, { type: "finished", report })
        : keptOf(state, opened);
      return withPossibleRun(withUsableBackend(onWorkbench(opened, () => ({ results }))));
    }
    case "probing":
      return { ...state, probe: { status: "loading" } };
    case "probe-failed":
      return { ...state, queued: null, probe: { status: "failed", error: action.error } };
    case "probed":
      return withPossibleRun(
        withUsableBackend({ ...state, probe: { status: "ready", value: action.choice } }),
      );
    case "changed": {
      // "Your selection is unchanged", a refused file's notice says.
      const modelImport = { ...state.modelImport, refused: [] };
      const changed = onWorkbench({ ...state, modelImport, queued: null }, () => ({
        address: action.address,
      }));
      // Naming the backend that is used anyway is no other experiment.
      const key = experimentKey(changed);
      const same = key !== null && key === experimentKey(state);
      const results = keptOf(state, changed);
      return same ? changed : onWorkbench(changed, () => ({ ...nothingDone, results }));
    }
    case "models-changed":
      return onWorkbench(state, () => ({ models: action.models }));
    case "user-models-listed":
      return withPossibleRun({ ...state, userModelsListed: true });
    case "data-sets-listed":
      return withPossibleRun({ ...state, dataSets: action.dataSets });
    case "images-given":
      return { ...state, imageImport: action.imageImport };
    case "run-queued":
      return { ...state, queued: action.run };
    case "offered":
      return { ...state, offer: action.run };
    case "files-given":
    case "file-reading":
    case "file-taken":
    case "network-waits":
    case "network-dropped":
    case "import-dialog-closed":
    case "file-refused":
    case "part-given":
    case "parts-joined":
    case "head-fitting":
    case "fit-ended":
    case "model-import-dismissed":
      return { ...state, modelImport: reduceModelImport(state.modelImport, action) };
    case "problems-dismissed":
      return onWorkbench(state, () => ({ problems: [] }));
    case "restore-started":
      return withActivity(state, { status: "restoring" });
    case "run-started":
      return withActivity(
        { ...state, offer: null, queued: null },
        {
          status: action.paused ? "pausing" : "running",
          progress: { stage: "starting" },
          where: "here",
          recovered: null,
        },
      );
    case "computing":
      return onRun(state, (run) => ({ ...run, where: action.where }));
    case "pause-asked":
      return onRun(state, (run) =>
        run.status === "running" ? { ...run, status: "pausing" } : run,
      );
    case "resume-asked":
      return onRun(state, (run) =>
        run.status === "cancelling" ? run : { ...run, status: "running" },
      );
    case "event":
      return onWorkbench(state, ({ results, activity }) => ({
        results: withEvent(results, action.event),
        activity: progressed(activity, action.event),
      }));
    case "restore-ended":
    case "run-ended":
      return withActivity(state, { status: "idle" });
    case "cancel-asked":
      return onRun(state, (run) => ({ ...run, status: "cancelling" }));
    case "cancelled":
      return withActivity(state, { status: "cancelled" });
    case "failed":
      return withActivity(state, {
        status: "failed",
        during: action.during,
        error: action.error,
      });
    default:
      return action satisfies never;
  }
}

const nothingDone = { results: emptyResults, activity: { status: "idle" } } as const;

/** Returns the results that stay when one experiment follows another: of curves that both have. */
function keptOf(before: LabState, after: LabState): Results {
  const [old, next] = [workbenchOf(before), workbenchOf(after)];
  const backend = effectiveBackend(after);
  if (!old || !next || backend === null || backend !== effectiveBackend(before)) {
    return emptyResults;
  }
  // An opened report may be of a backend that does not work here.
  if (old.results.report && old.results.report.backend !== backend) return emptyResults;
  return keptResults(old.results, old.address.spec, next.address.spec);
}

function onWorkbench(state: LabState, change: (bench: Workbench) => Partial<Workbench>): LabState {
  const bench = workbenchOf(state);
  if (bench === null) return state;
  return { ...state, workbench: { status: "ready", value: { ...bench, ...change(bench) } } };
}

function withActivity(state: LabState, activity: Activity): LabState {
  return onWorkbench(state, () => ({ activity }));
}

/** Drops a run that was asked for where it turns out that it can never start. */
function withPossibleRun(state: LabState): LabState {
  const isImpossible = !awaitsInputs(state) && experimentKey(state) === null;
  return state.queued !== null && isImpossible ? { ...state, queued: null } : state;
}

/** A run with one event more. */
function progressed(activity: Activity, event: ExperimentEvent): Activity {
  const run = underWay(activity);
  if (run === null) return activity;
  switch (event.type) {
    case "assets": {
      const { done, total, file } = event;
      return { ...run, progress: { stage: "files", done, total, file } };
    }
    case "progress": {
      const { fraction, remainingMs, activity: doing, tensorBytes } = event;
      return {
        ...run,
        progress: { stage: "working", fraction, remainingMs, activity: doing, tensorBytes },
      };
    }
    case "paused":
      return run.status === "cancelling" ? run : { ...run, status: "paused" };
    case "resumed":
      return run.status === "cancelling" ? run : { ...run, status: "running" };
    case "recovered":
      return { ...run, recovered: event.reason };
    case "curve":
    case "finished":
      return run;
    default:
      return event satisfies never;
  }
}

/** A run that changes; anything else stays. */
function onRun(state: LabState, change: (run: UnderWay) => UnderWay): LabState {
  return onWorkbench(state, ({ activity }) => {
    const run = underWay(activity);
    return run === null ? {} : { activity: change(run) };
  });
}

/**
 * A backend that was asked for and does not work here gives way to the probe's, and that is said.
 * One that a run is under way on is left alone: the run itself shows whether it works.
 */
function withUsableBackend(state: LabState): LabState {
  if (state.probe.status !== "ready") return state;
  const { probes, chosen } = state.probe.value;
  return onWorkbench(state, ({ address, problems, results, activity }) => {
    const asked = address.backend;
    if (asked === null || underWay(activity) !== null) return {};
    const probe = probes.find(({ backend }) => backend === asked);
    if (probe?.usable === true) return {};
    const problem: AddressProblem = {
      parameter: "backend",
      found: asked,
      expected: `a working backend (${probe?.reason ?? "not tested"})`,
      instead: `used ${chosen}`,
    };
    const automatic = { ...address, backend: null };
    const next = { address: automatic, problems: [...problems, problem] };
    // A whole report of that backend names it, and is what it was.
    return results.report?.backend === asked ? next : { ...next, ...nothingDone };
  });
}
