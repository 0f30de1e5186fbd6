/** Probes every backend, and chooses. */
import { LabError } from "../../core/errors";
import { askWorker } from "../../engine/ask-worker";
import { chooseBackend } from "../../engine/backends/choose";
import type { SpawnWorker } from "../../engine/messages";
import { unmeasured, type BackendChoice, type ProbeResult } from "../../engine/probe-result";
import type { BackendName } from "../../experiment/report";

/** The most reliable first, so that a result is known early. */
const order: readonly BackendName[] = ["cpu", "wasm", "webgl", "webgpu"];

/** A driver may hang; it then counts as not usable. */
const patienceMs = 60_000;

export async function probeBackends(spawn: SpawnWorker): Promise<BackendChoice> {
  const probes: ProbeResult[] = [];
  for (const backend of order) probes.push(await probeOne(backend, spawn));
  return chooseBackend(probes);
}

/** Each has its own worker, so that one that breaks or hangs leaves the others alone. */
async function probeOne(backend: BackendName, spawn: SpawnWorker): Promise<ProbeResult> {
  try {
    return await askWorker(spawn, {
      messages: [{ type: "probe", backend }],
      answerOf: (message) => (message.type === "probed" ? message.probe : undefined),
      input: backend,
      expected: "a worker that tries it",
      patienceMs,
    });
  } catch (thrown) {
    return unmeasured(backend, thrown instanceof LabError ? thrown.found : String(thrown));
  }
}
