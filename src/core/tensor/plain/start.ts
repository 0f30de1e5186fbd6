/** Starts the backends of tfjs for which we have no kernels. */
import { activateBackend } from "../backend";
import { tf } from "../tf";
import { plainKernels } from "./kernels";

/** Starts plain JavaScript: slow, and the reference for all others. */
export async function startCpu(): Promise<void> {
  await activateBackend("cpu", () => ({ kernels: plainKernels, readsAtOnce: true }));
}

/** @returns a target of the event `webglcontextlost`, after which all tensors are gone */
export async function startWebgl(): Promise<EventTarget> {
  // Half floats would ruin gradients; a device without float32 fails the probe.
  tf.env().set("WEBGL_FORCE_F16_TEXTURES", false);
  await activateBackend("webgl", () => ({ kernels: plainKernels, readsAtOnce: false }));
  const { gpgpu } = tf.backend() as unknown as { gpgpu: { gl: { canvas: EventTarget } } };
  return gpgpu.gl.canvas;
}
