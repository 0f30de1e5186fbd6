/** Everything the page shows, as one plain value. */
import type { LabErrorData } from "../../core/errors";
import type { BackendChoice } from "../../engine/probe-result";
import type { StoredDataSet } from "../../engine/user-data-set";
import { writeAddress, type AddressProblem } from "../../experiment/address/address";
import type { Address } from "../../experiment/address/parameters/parameter";
import type { BackendName } from "../../experiment/report";
import { emptyModelImport, type ModelImport } from "./own-files/model-import";
import type { GivenImages } from "../engine/own-images/messages";
import { absentFiles, absentTrainings, type LabModel } from "../engine/models";
import { absentDataSet, dataChoiceOf, misfitOf } from "./experiment/data-choice";
import type { LeftRun } from "./runs/left-runs";
import { pairOf } from "./experiment/pair";
import { emptyResults, type Results } from "./results/results";

/** Something that is fetched or found out once. */
export type Loaded<T> =
  | { readonly status: "loading" }
  | { readonly status: "failed"; readonly error: LabErrorData }
  | { readonly status: "ready"; readonly value: T };

/** How far a run is. */
export type RunProgress =
  | { readonly stage: "starting" }
  /** Files are fetched before the work begins. */
  | {
      readonly stage: "files";
      readonly done: number;
      readonly total: number;
      readonly file: string;
    }
  | {
      readonly stage: "working";
      /** In [0, 1]. */
      readonly fraction: number;
      readonly remainingMs: number | null;
      readonly activity: string;
      /** What the workers' tensors take. */
      readonly tensorBytes: number;
    };

/** A run that is not over. */
export interface UnderWay {
  /**
   * `pausing` until every worker has paused; `paused` until it is resumed; `cancelling`
   * until the workers have stopped.
   */
  readonly status: "running" | "pausing" | "paused" | "cancelling";
  readonly progress: RunProgress;
  /** In this tab, or in another that this one follows. */
  readonly where: "here" | "elsewhere";
  /** Why a worker was last replaced; null while none was. */
  readonly recovered: string | null;
}

/** What is under way with the experiment. Whether it is finished is for its results to say. */
export type Activity =
  | { readonly status: "idle" }
  /** Looking for stored results. */
  | { readonly status: "restoring" }
  | UnderWay
  | { readonly status: "cancelled" }
  | { readonly status: "failed"; readonly during: "restore" | "run"; readonly error: LabErrorData };

/** Returns the activity if it is a run that is not over; null otherwise. */
export function underWay(activity: Activity): UnderWay | null {
  switch (activity.status) {
    case "running":
    case "pausing":
    case "paused":
    case "cancelling":
      return activity;
    case "idle":
    case "restoring":
    case "cancelled":
    case "failed":
      return null;
    default:
      return activity satisfies never;
  }
}

/** What there is once the zoo is known: networks, one experiment, and how far it is. */
export interface Workbench {
  readonly models: readonly LabModel[];
  readonly address: Address;
  /** What could not be read of the address, until dismissed. */
  readonly problems: readonly AddressProblem[];
  readonly results: Results;
  readonly activity: Activity;
}

/** `only` is the curve to compute; null for all. */
export interface QueuedRun {
  readonly only: number | null;
}

export interface LabState {
  readonly probe: Loaded<BackendChoice>;
  /** Whether it is known which files of the visitor's are here. */
  readonly userModelsListed: boolean;
  readonly modelImport: ModelImport;
  /** The visitor's own data sets; null until it is known which are here. */
  readonly dataSets: readonly StoredDataSet[] | null;
  /** Whether images are being taken in, and which; `given` is null until some are. */
  readonly imageImport: { readonly given: GivenImages | null } | null;
  /** A run that was asked for before everything that it needs is known; it starts once it is. */
  readonly queued: QueuedRun | null;
  /** An unfinished run that a visit without an address may continue; null where there is none. */
  readonly offer: LeftRun | null;
  readonly workbench: Loaded<Workbench>;
}

export const initialState: LabState = {
  probe: { status: "loading" },
  userModelsListed: false,
  modelImport: emptyModelImport,
  dataSets: null,
  imageImport: null,
  queued: null,
  offer: null,
  workbench: { status: "loading" },
};

/** Returns a workbench on which nothing has been done yet. */
export function freshWorkbench(
  models: readonly LabModel[],
  address: Address,
  problems: readonly AddressProblem[],
): Workbench {
  const activity: Activity = { status: "idle" };
  return { models, address, problems, results: emptyResults, activity };
}

/** Returns the workbench, or null while there is none. */
export function workbenchOf({ workbench }: LabState): Workbench | null {
  return workbench.status === "ready" ? workbench.value : null;
}

/**
 * Returns the backend that an experiment would run on: the visitor's choice, else the probe's; null until
 * known.
 */
export function effectiveBackend(state: LabState): BackendName | null {
  const chosen = workbenchOf(state)?.address.backend ?? null;
  if (chosen !== null) return chosen;
  return state.probe.status === "ready" ? state.probe.value.chosen : null;
}

/**
 * Returns the text that tells one experiment on one backend from every other; null where there is nothing to compute: no
 * backend is known yet, one of the networks or the images are not here, or they do not go together.
 */
export function experimentKey(state: LabState): string | null {
  const bench = workbenchOf(state);
  const backend = effectiveBackend(state);
  if (bench === null || backend === null) return null;
  const { spec } = bench.address;
  if (spec.curves.some((curve) => pairOf(curve, bench.models) === null)) return null;
  if (absentTrainings(spec, bench.models).length > 0) return null;
  const data = dataChoiceOf(spec, state.dataSets ?? []);
  if (data === null || misfitOf(spec, data, bench.models) !== null) return null;
  // What somebody else found is no part of it.
  return writeAddress({ spec: bench.address.spec, backend });
}

/**
 * Whether something that a run needs may still turn up: the networks, which may first be trained, a
 * backend, or files of the visitor's that the experiment names.
 */
export function awaitsInputs(state: LabState): boolean {
  const bench = workbenchOf(state);
  if (bench === null || effectiveBackend(state) === null) return true;
  const { spec } = bench.address;
  const awaitsNetworks =
    (!state.userModelsListed && absentFiles(spec, bench.models).length > 0) ||
    absentTrainings(spec, bench.models).length > 0;
  return awaitsNetworks || (state.dataSets === null && absentDataSet(spec, []) !== null);
}
