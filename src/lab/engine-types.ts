/** What the page needs from the engine; `engine.ts` provides it with workers and IndexedDB. */
import type { BackendChoice } from "../engine/probe-result";
import type { ExperimentEvent } from "../experiment/events";
import type { BackendName } from "../experiment/report";
import type { Spec } from "../experiment/spec";
import type { ZooManifest } from "../core/weights/manifest";

export interface LabEngine {
  /**
   * The zoo that this page was served with.
   *
   * @throws LabError when it cannot be fetched or read
   */
  zoo(): Promise<ZooManifest>;

  /** Tries every backend in a worker; takes a second or two. */
  probe(): Promise<BackendChoice>;

  /**
   * Events of what is already stored for this experiment on this backend; computes nothing, fetches
   * nothing. Ends with `finished` when the whole of it is stored.
   */
  recall(spec: Spec, backend: BackendName): AsyncIterable<ExperimentEvent>;

  /**
   * Runs an experiment; stored results are told first and never computed again. Aborting stops every
   * worker at once; finished tasks stay stored.
   *
   * @throws LabError `cancelled` after `signal` aborts; others name what went wrong
   */
  run(spec: Spec, backend: BackendName, signal: AbortSignal): AsyncIterable<ExperimentEvent>;
}
