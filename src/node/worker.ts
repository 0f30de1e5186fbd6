/** A Node thread that runs tasks for the command line, the benchmarks and the tests. */
import { performance } from "node:perf_hooks";
import { parentPort } from "node:worker_threads";
import { createProbe } from "../engine/backends/probe";
import { startTrusted } from "../engine/backends/self-test";
import type { BackendPlatform } from "../engine/backends/start";
import type { ToWorker } from "../engine/messages";
import { serve } from "../engine/worker/serve";
import { fileAssets } from "./files";
import { nodeGpu } from "./gpu";

const port = parentPort;
if (!port) throw new Error("src/node/worker.ts runs as a worker thread only");

const platform = async (): Promise<BackendPlatform> => ({
  wasmPaths: undefined,
  gpu: await nodeGpu(),
});
const nowMs = (): number => performance.now();

const receive = serve({
  send: (message) => port.postMessage(message),
  assets: fileAssets(),
  startBackend: async (name) => startTrusted(name, await platform()),
  probe: async (name) => createProbe(await platform(), nowMs)(name),
  nowMs,
});
port.on("message", (message: ToWorker) => receive(message));
