/** Starts the backends of tfjs that have no kernels of ours. */
import { activateBackend } from "../backend";
import { tf } from "../tf";
import { plainKernels } from "./kernels";

/** Plain JavaScript: slow, and the reference for all others. */
export async function startCpu(): Promise<void> {
  await activateBackend("cpu", () => ({ kernels: plainKernels, readsAtOnce: true }));
}

/** @returns a target of the event `webglcontextlost`, after which all tensors are gone */
export async function startWebgl(): Promise<EventTarget> {
  // Half floats would spoil gradients; a device that has nothing else fails the probe.
  tf.env().set("WEBGL_FORCE_F16_TEXTURES", false);
  await activateBackend("webgl", () => ({ kernels: plainKernels, readsAtOnce: false }));
  const { gpgpu } = tf.backend() as unknown as { gpgpu: { gl: { canvas: EventTarget } } };
  return gpgpu.gl.canvas;
}
