/** Results of trying backends, and the choice among them. */
import type { BackendName } from "../experiment/report";

export interface ProbeResult {
  readonly backend: BackendName;
  /** Present, and its stitch gradient equals the CPU's. */
  readonly usable: boolean;
  /** The graphics adapter's name; null where there is none. */
  readonly adapter: string | null;
  /** A GPU imitated by a CPU. */
  readonly software: boolean;
  /** Time for one small stitch gradient once everything is compiled; null where it did not run. */
  readonly elapsedMs: number | null;
  /** Largest difference from the CPU's gradient, relative to that gradient's largest entry. */
  readonly relativeDifference: number | null;
  /** For people: why it can, or cannot, be used. */
  readonly reason: string;
}

/** The backend that runs, and the results of all probes. */
export interface BackendChoice {
  readonly chosen: BackendName;
  /** For people: why this one. */
  readonly reason: string;
  readonly probes: readonly ProbeResult[];
}

/** The result for a backend that has computed nothing. */
export function unmeasured(backend: BackendName, reason: string): ProbeResult {
  return {
    backend,
    usable: false,
    adapter: null,
    software: false,
    elapsedMs: null,
    relativeDifference: null,
    reason,
  };
}
