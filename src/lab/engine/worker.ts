/** The page's worker: the only script of the page that loads tfjs. */
import simdWasm from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import plainWasm from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import { createProbe } from "../../engine/backends/probe";
import { startTrusted } from "../../engine/backends/self-test";
import type { BackendPlatform } from "../../engine/backends/start";
import type { ToWorker } from "../../engine/messages";
import { serve } from "../../engine/worker/serve";
import { holdLiveness } from "./worker-liveness";
import { workerAssets } from "../../storage/storage";

const platform: BackendPlatform = {
  wasmPaths: {
    "tfjs-backend-wasm.wasm": new URL(plainWasm, import.meta.url).href,
    "tfjs-backend-wasm-simd.wasm": new URL(simdWasm, import.meta.url).href,
    // tfjs insists on a third name; we never start threads, so it is never fetched.
    "tfjs-backend-wasm-threaded-simd.wasm": new URL(simdWasm, import.meta.url).href,
  },
  // Absent on insecure pages, whatever the type says.
  gpu: (navigator as Partial<Navigator>).gpu,
};
const nowMs = (): number => performance.now();

/** The page's address and, after the `#`, what this worker lives under. */
const { name } = self;
const alive = holdLiveness(name);

const receive = serve({
  send: (message) => postMessage(message),
  // Files are relative to the page's address, which the page gives as this worker's name.
  assets: workerAssets(name),
  async startBackend(backend) {
    // So that the page can wait for its end from its first word on.
    await alive;
    return startTrusted(backend, platform);
  },
  probe: createProbe(platform, nowMs),
  nowMs,
});
addEventListener("message", (event: MessageEvent<ToWorker>) => receive(event.data));
