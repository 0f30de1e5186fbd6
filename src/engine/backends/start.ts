/** Starts a backend on this thread, whatever kind of thread it is. */
import { deviceName } from "./device-name";
import { LabError } from "../../core/errors";
import { startCpu, startWebgl } from "../../core/tensor/plain/start";
import { startWasm, type WasmPaths } from "../../core/tensor/wasm/start";
import { startWebgpu } from "../../core/tensor/webgpu/start";
import type { BackendName } from "../../experiment/report";
import { openGpu } from "./webgpu-device";

/** A backend that runs. */
export interface StartedBackend {
  readonly backend: BackendName;
  /** The graphics adapter's name; null on a CPU. */
  readonly adapter: string | null;
  /** A GPU imitated by a CPU. */
  readonly software: boolean;
  /** Resolves with the reason when the device is gone, and with it all tensors; absent on a CPU. */
  readonly lost?: Promise<string>;
}

/** Where this thread finds what a backend needs. */
export interface BackendPlatform {
  /** undefined in Node, where tfjs finds its own files. */
  readonly wasmPaths: WasmPaths | undefined;
  /** undefined where there is no WebGPU. */
  readonly gpu: GPU | undefined;
  /** Whether the time of kernels is to be taken on the device; absent for no. */
  readonly timed?: boolean;
}

/** @throws LabError `backend` when it cannot be started here */
export async function startBackend(
  backend: BackendName,
  platform: BackendPlatform,
): Promise<StartedBackend> {
  try {
    switch (backend) {
      case "cpu":
        await startCpu();
        return { backend, adapter: null, software: false };
      case "wasm":
        await startWasm(platform.wasmPaths);
        return { backend, adapter: null, software: false };
      case "webgl": {
        const adapter = deviceName(webglRenderer());
        const canvas = await startWebgl();
        const lost = new Promise<string>((resolve) => {
          const report = (): void => resolve("the graphics context was lost");
          canvas.addEventListener("webglcontextlost", report, { once: true });
        });
        return { backend, adapter, software: isSoftware(adapter), lost };
      }
      case "webgpu": {
        const { device, info, adapter, fallback } = await openGpu(
          platform.gpu,
          platform.timed ?? false,
        );
        await startWebgpu(device, info);
        const lost = device.lost.then(
          ({ reason, message }) => message || `the graphics device was ${reason}`,
        );
        return { backend, adapter, software: fallback || isSoftware(adapter), lost };
      }
      default:
        return backend satisfies never;
    }
  } catch (thrown) {
    if (thrown instanceof LabError) throw thrown;
    throw new LabError(
      {
        code: "backend",
        input: backend,
        expected: "a backend that starts",
        found: thrown instanceof Error ? thrown.message : String(thrown),
      },
      { cause: thrown },
    );
  }
}

/** Names under which a CPU imitates a GPU. */
function isSoftware(adapter: string): boolean {
  return /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render|warp/i.test(adapter);
}

/**
 * The name of the graphics adapter behind WebGL.
 *
 * @throws LabError `backend` when this thread has no WebGL
 */
function webglRenderer(): string {
  const gl =
    typeof OffscreenCanvas === "undefined" ? null : new OffscreenCanvas(1, 1).getContext("webgl2");
  if (!gl) {
    throw new LabError({
      code: "backend",
      input: "webgl",
      expected: "WebGL 2 in a worker",
      found: "none in this browser",
    });
  }
  const names = gl.getExtension("WEBGL_debug_renderer_info");
  const renderer: unknown = gl.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER);
  // Browsers allow few contexts at a time; tfjs opens its own.
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return String(renderer);
}
