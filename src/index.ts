/**
 * Stitch Lab as a library: runs an experiment from its spec. Everything the experiment needs of its
 * surroundings (workers, files, a store) comes in as an argument; `stitch-lab/node` provides it in
 * Node.
 *
 * @packageDocumentation
 */
export { LabError, type LabErrorCode, type LabErrorData } from "./core/errors";
export { runExperiment, type RunDeps } from "./engine/host/run";
export { readAddress, writeAddress } from "./experiment/address/address";
export { type ExperimentEvent, type ResultEvent } from "./experiment/events";
export { presetNames, presets, type PresetName } from "./experiment/figures";
export {
  reportSchema,
  type BackendName,
  type CurveReport,
  type ModelResult,
  type Report,
  type SiteFailure,
  type SiteResult,
} from "./experiment/report";
export {
  curvesOf,
  defaultSpec,
  specSchema,
  withFirstCurve,
  withOtherCurves,
  type Curve,
  type Spec,
} from "./experiment/spec";
