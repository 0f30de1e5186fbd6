/** From one state of the page to the next. Pure: the session does what must be done besides. */
import type { LabErrorData } from "../../core/errors";
import type { ZooModel } from "../../core/weights/manifest";
import type { BackendChoice } from "../../engine/probe-result";
import type { AddressProblem } from "../../experiment/address";
import type { Address } from "../../experiment/address-parameters";
import type { ExperimentEvent } from "../../experiment/events";
import { noResults, withEvent } from "./results";
import {
  experimentKey,
  freshWorkbench,
  workbenchOf,
  type Activity,
  type LabState,
  type Workbench,
} from "./state";

export type LabAction =
  | { readonly type: "zoo-loading" }
  | { readonly type: "zoo-failed"; readonly error: LabErrorData }
  /** The zoo arrived, or the address bar says something new. */
  | {
      readonly type: "opened";
      readonly models: readonly ZooModel[];
      readonly address: Address;
      readonly problems: readonly AddressProblem[];
    }
  | { readonly type: "probing" }
  | { readonly type: "probe-failed"; readonly error: LabErrorData }
  | { readonly type: "probed"; readonly choice: BackendChoice }
  /** The visitor changed the experiment or the backend. */
  | { readonly type: "changed"; readonly address: Address }
  | { readonly type: "problems-dismissed" }
  | { readonly type: "recall-started" }
  | { readonly type: "recall-ended" }
  | { readonly type: "run-started" }
  | { readonly type: "event"; readonly event: ExperimentEvent }
  | { readonly type: "run-ended" }
  | { readonly type: "cancel-asked" }
  | { readonly type: "cancelled" }
  | { readonly type: "failed"; readonly during: "recall" | "run"; readonly error: LabErrorData };

export function reduce(state: LabState, action: LabAction): LabState {
  switch (action.type) {
    case "zoo-loading":
      return { ...state, workbench: { status: "loading" } };
    case "zoo-failed":
      return { ...state, workbench: { status: "failed", error: action.error } };
    case "opened": {
      const opened = freshWorkbench(action.models, action.address, action.problems);
      return withUsableBackend({ ...state, workbench: { status: "ready", value: opened } });
    }
    case "probing":
      return { ...state, probe: { status: "loading" } };
    case "probe-failed":
      return { ...state, probe: { status: "failed", error: action.error } };
    case "probed":
      return withUsableBackend({ ...state, probe: { status: "ready", value: action.choice } });
    case "changed": {
      const changed = onWorkbench(state, () => ({ address: action.address }));
      // Naming the backend that is used anyway is no other experiment.
      const key = experimentKey(changed);
      const same = key !== null && key === experimentKey(state);
      return same ? changed : onWorkbench(changed, () => nothingDone);
    }
    case "problems-dismissed":
      return onWorkbench(state, () => ({ problems: [] }));
    case "recall-started":
      return withActivity(state, { status: "recalling" });
    case "run-started":
      return withActivity(state, {
        status: "running",
        assets: null,
        work: null,
        cancelling: false,
      });
    case "event":
      return onWorkbench(state, ({ results, activity }) => ({
        results: withEvent(results, action.event),
        activity: progressed(activity, action.event),
      }));
    case "recall-ended":
    case "run-ended":
      return withActivity(state, { status: "idle" });
    case "cancel-asked":
      return onWorkbench(state, ({ activity }) =>
        activity.status === "running" ? { activity: { ...activity, cancelling: true } } : {},
      );
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

const nothingDone = { results: noResults, activity: { status: "idle" } } as const;

function onWorkbench(state: LabState, change: (bench: Workbench) => Partial<Workbench>): LabState {
  const bench = workbenchOf(state);
  if (bench === null) return state;
  return { ...state, workbench: { status: "ready", value: { ...bench, ...change(bench) } } };
}

function withActivity(state: LabState, activity: Activity): LabState {
  return onWorkbench(state, () => ({ activity }));
}

function progressed(activity: Activity, event: ExperimentEvent): Activity {
  if (activity.status !== "running") return activity;
  switch (event.type) {
    case "assets": {
      const { done, total, file } = event;
      return { ...activity, assets: { done, total, file } };
    }
    case "progress": {
      const { fraction, remainingMs, activity: doing } = event;
      return { ...activity, work: { fraction, remainingMs, activity: doing } };
    }
    case "baseline":
    case "similarity":
    case "least-squares":
    case "tap":
    case "finished":
      return activity;
    default:
      return event satisfies never;
  }
}

/** A backend that was asked for and does not work here gives way to the probe's, and that is said. */
function withUsableBackend(state: LabState): LabState {
  if (state.probe.status !== "ready") return state;
  const { probes, chosen } = state.probe.value;
  return onWorkbench(state, ({ address, problems }) => {
    const asked = address.backend;
    if (asked === null) return {};
    const probe = probes.find(({ backend }) => backend === asked);
    if (probe?.usable === true) return {};
    const problem: AddressProblem = {
      parameter: "backend",
      found: asked,
      expected: `a backend that works here (${probe?.reason ?? "it was not tried"})`,
      instead: `chose ${chosen}`,
    };
    const automatic = { ...address, backend: null };
    return { address: automatic, problems: [...problems, problem], ...nothingDone };
  });
}
