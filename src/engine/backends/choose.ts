/** Chooses among probed backends. */
import { backendNames } from "../../experiment/report";
import type { BackendChoice, ProbeResult } from "../probe-result";

/**
 * Chooses in order of preference: WebGPU, WebGL, wasm, plain CPU. A GPU that a CPU imitates comes
 * after wasm, and so does one that takes ten times as long as wasm: some are imitated without
 * saying it.
 */
export function chooseBackend(probes: readonly ProbeResult[]): BackendChoice {
  const wasmMs =
    probes.find((probe) => probe.backend === "wasm" && probe.usable)?.elapsedMs ?? null;
  const slow = ({ elapsedMs }: ProbeResult): boolean =>
    wasmMs !== null && elapsedMs !== null && elapsedMs > 10 * wasmMs;
  const usable = backendNames
    .map((name) => probes.find((probe) => probe.backend === name))
    .filter((probe): probe is ProbeResult => probe?.usable === true);
  const hardware = usable.filter((probe) => isGpu(probe) && !probe.software && !slow(probe));
  const others = usable.filter((probe) => !hardware.includes(probe));
  // Of the rest, wasm, then the CPU, then imitated GPUs.
  const rest = [...others.filter((probe) => !isGpu(probe)), ...others.filter(isGpu)];
  const chosen = hardware[0] ?? rest[0];
  if (!chosen) return { chosen: "cpu", reason: "no other backend works", probes };
  const passedOver = rest.find((probe) => isGpu(probe));
  return {
    chosen: chosen.backend,
    reason: reasonFor(chosen, hardware[0] ? undefined : passedOver),
    probes,
  };
}

function isGpu({ backend }: ProbeResult): boolean {
  return backend === "webgpu" || backend === "webgl";
}

function reasonFor(chosen: ProbeResult, passedOver: ProbeResult | undefined): string {
  if (isGpu(chosen)) return `the fastest here: ${chosen.adapter ?? "a GPU"}, ${chosen.reason}`;
  if (passedOver?.software) {
    return `the GPU (${passedOver.adapter ?? "unnamed"}) is emulated in software and would be slower`;
  }
  if (passedOver) return `the GPU (${passedOver.adapter ?? "unnamed"}) is slower here`;
  return "no usable GPU";
}
