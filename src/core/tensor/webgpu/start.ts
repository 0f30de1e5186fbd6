/** Starts tfjs's WebGPU backend with our kernels. */
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { activateBackend, type CommandQueue } from "../backend";
import { tf } from "../tf";
import { StepwiseBackend } from "./backend";
import { webgpuKernels } from "./kernels";
import { registerKernels } from "./program";
import { GpuRecording } from "./recording";

/** Our own device, with the adapter's limits and with its loss observed. */
export type GpuDevice = ConstructorParameters<typeof WebGPUBackend>[0];
export type GpuAdapterInfo = ConstructorParameters<typeof WebGPUBackend>[1];

export async function startWebgpu(device: GpuDevice, info: GpuAdapterInfo): Promise<void> {
  // tfjs registers its own device where it finds WebGPU; ours replaces it.
  if ("webgpu" in tf.engine().registryFactory) tf.removeBackend("webgpu");
  tf.registerBackend("webgpu", () => new StepwiseBackend(device, info));
  await activateBackend("webgpu", () => {
    const backend = tf.backend();
    if (!(backend instanceof StepwiseBackend))
      throw new Error("Another WebGPU backend is running.");
    registerKernels();
    return { kernels: webgpuKernels, readsAtOnce: false, queue: queueOf(backend) };
  });
}

function queueOf(backend: StepwiseBackend): CommandQueue {
  return {
    get compilesOnly() {
      return backend.compilesOnly;
    },
    get records() {
      return backend.records;
    },
    record: (work, inputs) => new GpuRecording(backend, work, inputs),
    endStep: () => backend.endStep(),
    compileOnly: (work) => backend.compileOnly(work),
  };
}
