/** How many workers a run has. */
import type { BackendName } from "../../experiment/report";

/** For browsers that do not say how many cores there are. */
const defaultCores = 2;

/** One for each core on a CPU, one on a GPU. */
export function workerCount(backend: BackendName): number {
  return backend === "wasm" || backend === "cpu" ? coreCount() : 1;
}

function coreCount(): number {
  try {
    // Browsers that hide it give 0 or nothing, whatever the type says.
    const cores: unknown = navigator.hardwareConcurrency;
    return Number.isSafeInteger(cores) && Number(cores) > 0 ? Number(cores) : defaultCores;
  } catch {
    return defaultCores;
  }
}
