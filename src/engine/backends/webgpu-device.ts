/** Opens a WebGPU device of our own, with the adapter's real limits. */
import { LabError } from "../../core/errors";
import type { GpuAdapterInfo, GpuDevice } from "../../core/tensor/webgpu/start";

export interface OpenedGpu {
  readonly device: GpuDevice;
  readonly info: GpuAdapterInfo;
  /** The adapter's name, for people. */
  readonly adapter: string;
  /** The browser reports that a CPU imitates the GPU. */
  readonly fallback: boolean;
}

/** Limits that tfjs's kernels profit from; a device has the lowest allowed ones unless asked. */
const limits = [
  "maxComputeWorkgroupStorageSize",
  "maxComputeWorkgroupsPerDimension",
  "maxStorageBufferBindingSize",
  "maxBufferSize",
  "maxComputeWorkgroupSizeX",
  "maxComputeInvocationsPerWorkgroup",
] as const;

/**
 * @param timed asks for timestamps, where the adapter has them; browsers need none to run
 * @throws LabError `backend` when there is no WebGPU, no adapter or no device
 */
export async function openGpu(gpu: GPU | undefined, timed: boolean): Promise<OpenedGpu> {
  if (!gpu) throw unavailable("WebGPU", "none: unsupported browser or insecure page");
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) throw unavailable("a graphics adapter", "none");
  const timestamps = timed && adapter.features.has("timestamp-query");
  const device = await adapter.requestDevice({
    requiredFeatures: timestamps ? ["timestamp-query"] : [],
    requiredLimits: Object.fromEntries(limits.map((limit) => [limit, adapter.limits[limit]])),
  });
  const { info } = adapter;
  const parts = [info.vendor, info.architecture, info.device, info.description];
  return {
    device,
    info,
    adapter: [...new Set(parts.filter((part) => part !== ""))].join(" ") || "unnamed adapter",
    fallback: info.isFallbackAdapter,
  };
}

function unavailable(expected: string, found: string): LabError {
  return new LabError({ code: "backend", input: "webgpu", expected, found });
}
