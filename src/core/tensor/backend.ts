/** Starts tfjs's backends. One thread runs one backend for as long as it lives. */
import { setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { tf } from "./tf";
import { loadKernels } from "./wasm/kernels";
import { StepwiseBackend } from "./webgpu/backend";
import { registerKernels } from "./webgpu/kernels";

/** Addresses of tfjs's wasm binaries by their file names; a bundler renames them. */
export type WasmPaths = Readonly<Record<string, string>>;

/** Our own device, so that its limits are the adapter's and its loss is seen. */
export type GpuDevice = ConstructorParameters<typeof WebGPUBackend>[0];
export type GpuAdapterInfo = ConstructorParameters<typeof WebGPUBackend>[1];

/** Plain JavaScript: slow, and the witness for all others. */
export async function startCpu(): Promise<void> {
  await use("cpu");
}

/**
 * WebAssembly with SIMD on one thread. Taps are independent, so a worker a core scales better than
 * threads would, and needs no cross-origin isolation.
 *
 * @param paths undefined in Node, where tfjs finds its own files
 */
export async function startWasm(paths: WasmPaths | undefined): Promise<void> {
  if (paths) setWasmPaths({ ...paths });
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  setThreadsCount(1);
  await use("wasm");
  loadKernels();
}

/** @returns what tells, by the event `webglcontextlost`, that all tensors are gone */
export async function startWebgl(): Promise<EventTarget> {
  // Half floats would spoil gradients; a device that has nothing else fails the probe.
  tf.env().set("WEBGL_FORCE_F16_TEXTURES", false);
  await use("webgl");
  const { gpgpu } = tf.backend() as unknown as { gpgpu: { gl: { canvas: EventTarget } } };
  return gpgpu.gl.canvas;
}

export async function startWebgpu(device: GpuDevice, info: GpuAdapterInfo): Promise<void> {
  // tfjs registers a device of its own where it finds WebGPU; ours replaces it.
  if ("webgpu" in tf.engine().registryFactory) tf.removeBackend("webgpu");
  tf.registerBackend("webgpu", () => new StepwiseBackend(device, info));
  await use("webgpu");
  registerKernels();
}

/** Whether reading a tensor is a copy in memory, as on CPU backends, and not a wait for a device. */
export function readsAtOnce(): boolean {
  const backend = tf.getBackend();
  return backend === "cpu" || backend === "wasm";
}

/** What the backend's tensors take: on the graphics card where it is one, in memory elsewhere. */
export function tensorBytes(): number {
  const { numBytes, numBytesInGPU } = tf.memory() as tf.MemoryInfo & { numBytesInGPU?: number };
  return numBytesInGPU ?? numBytes;
}

/** @throws Error when tfjs cannot start it */
async function use(name: string): Promise<void> {
  // Silences advice to install native bindings, and skips checks meant for development.
  tf.enableProdMode();
  if (!(await tf.setBackend(name))) throw new Error(`tfjs could not start its ${name} backend`);
  await tf.ready();
}
