/** Everything that can happen to the state of the page. */
import type { LabErrorData } from "../../core/errors";
import type { BackendChoice } from "../../engine/probe-result";
import type { StoredDataSet } from "../../engine/user-data-set";
import type { AddressProblem } from "../../experiment/address/address";
import type { Address } from "../../experiment/address/parameters/parameter";
import type { ExperimentEvent } from "../../experiment/events";
import type { Report } from "../../experiment/report";
import type { LabModel } from "../engine/models";
import type { ModelImportAction } from "./own-files/model-import";
import type { LeftRun } from "./runs/left-runs";
import type { LabState, QueuedRun, UnderWay } from "./state";

export type LabAction =
  | ModelImportAction
  /** There are other networks to choose from; the experiment stays. */
  | { readonly type: "models-changed"; readonly models: readonly LabModel[] }
  /** An unfinished run is found, or the visitor has answered. */
  | { readonly type: "offered"; readonly run: LeftRun | null }
  /** A run is asked for before everything that it needs is known, or no more. */
  | { readonly type: "run-queued"; readonly run: QueuedRun | null }
  /** It is known which files of the visitor's are here. */
  | { readonly type: "user-models-listed" }
  | { readonly type: "data-sets-listed"; readonly dataSets: readonly StoredDataSet[] }
  /** Images are to be taken in, or are in; null ends it. */
  | { readonly type: "images-given"; readonly imageImport: LabState["imageImport"] }
  | { readonly type: "zoo-loading" }
  | { readonly type: "zoo-failed"; readonly error: LabErrorData }
  /** The zoo arrived, or the address bar says something new. */
  | {
      readonly type: "opened";
      readonly models: readonly LabModel[];
      readonly address: Address;
      readonly problems: readonly AddressProblem[];
      /** The address is the one that was there before, read with more known. */
      readonly again?: boolean;
      /** The experiment's whole result, where it is known from elsewhere. */
      readonly report?: Report;
    }
  | { readonly type: "probing" }
  | { readonly type: "probe-failed"; readonly error: LabErrorData }
  | { readonly type: "probed"; readonly choice: BackendChoice }
  /** The visitor changed the experiment or the backend. */
  | { readonly type: "changed"; readonly address: Address }
  | { readonly type: "problems-dismissed" }
  | { readonly type: "restore-started" }
  | { readonly type: "restore-ended" }
  /** `paused`: the run starts paused. */
  | { readonly type: "run-started"; readonly paused: boolean }
  /** Who computes from now on. */
  | { readonly type: "computing"; readonly where: UnderWay["where"] }
  | { readonly type: "pause-asked" }
  | { readonly type: "resume-asked" }
  | { readonly type: "event"; readonly event: ExperimentEvent }
  | { readonly type: "run-ended" }
  | { readonly type: "cancel-asked" }
  | { readonly type: "cancelled" }
  | { readonly type: "failed"; readonly during: "restore" | "run"; readonly error: LabErrorData };
