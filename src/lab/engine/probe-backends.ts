/** Probes every backend, and chooses. */
import { chooseBackend } from "../../engine/backends/choose";
import { fromWorkerSchema, type SpawnWorker } from "../../engine/messages";
import { unmeasured, type BackendChoice, type ProbeResult } from "../../engine/probe-result";
import type { BackendName } from "../../experiment/report";

/** The surest first, so that something is known early. */
const order: readonly BackendName[] = ["cpu", "wasm", "webgl", "webgpu"];

/** A driver may hang; it then counts as not usable. */
const patienceMs = 60_000;

export async function probeBackends(spawn: SpawnWorker): Promise<BackendChoice> {
  const probes: ProbeResult[] = [];
  for (const backend of order) probes.push(await probeOne(backend, spawn));
  return chooseBackend(probes);
}

/** Each in a worker of its own, so that one that breaks or hangs leaves the others alone. */
function probeOne(backend: BackendName, spawn: SpawnWorker): Promise<ProbeResult> {
  const port = spawn();
  return new Promise<ProbeResult>((resolve) => {
    const timer = setTimeout(() => {
      resolve(unmeasured(backend, `no answer within ${String(patienceMs / 1000)} seconds`));
    }, patienceMs);
    port.onMessage((received) => {
      const message = fromWorkerSchema.parse(received);
      if (message.type === "probed") resolve(message.probe);
      if (message.type === "failed") resolve(unmeasured(backend, message.error.found));
      clearTimeout(timer);
    });
    port.onBreak((reason) => {
      clearTimeout(timer);
      resolve(unmeasured(backend, reason));
    });
    port.post({ type: "probe", backend });
  }).finally(() => {
    port.terminate();
  });
}
