/**
 * For a browser: compares our kernels with tfjs's operators. Built into one script by
 * tests/e2e/kernels.spec.ts.
 */
import { startCpu } from "../../src/core/tensor/plain/start";
import { startBackend } from "../../src/engine/backends/start";
import { disagreements, ourResults, plainResults } from "./parity";

declare global {
  interface Window {
    /** Cases that differ on a backend, and by how much. */
    kernelDisagreements(backend: string): Promise<ReturnType<typeof disagreements>>;
  }
}

window.kernelDisagreements = async (backend) => {
  if (backend !== "webgl" && backend !== "webgpu")
    throw new Error(`no backend of a browser: ${backend}`);
  await startCpu();
  const expected = await plainResults();
  await startBackend(backend, {
    wasmPaths: undefined,
    gpu: (navigator as Partial<Navigator>).gpu,
  });
  return disagreements(await ourResults(), expected);
};
