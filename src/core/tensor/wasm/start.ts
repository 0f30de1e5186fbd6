/** Starts tfjs's WebAssembly backend with our kernels. */
import { setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { activateBackend } from "../backend";
import { plainKernels } from "../plain/kernels";
import { tf } from "../tf";
import { wasmKernels } from "./kernels";
import { loadKernels } from "./instance";

/** Addresses of tfjs's wasm binaries by their file names; a bundler renames them. */
export type WasmPaths = Readonly<Record<string, string>>;

/**
 * Starts WebAssembly with SIMD on one thread. Taps are independent, so a worker per core scales
 * better than threads would, and needs no cross-origin isolation.
 *
 * @param paths undefined in Node, where tfjs finds its own files
 */
export async function startWasm(paths: WasmPaths | undefined): Promise<void> {
  if (paths) setWasmPaths({ ...paths });
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  setThreadsCount(1);
  await activateBackend("wasm", () => ({
    kernels: loadKernels() ? wasmKernels : plainKernels,
    readsAtOnce: true,
  }));
}
