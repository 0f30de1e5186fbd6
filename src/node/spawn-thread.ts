/** Starts Node threads as workers. */
import { Worker } from "node:worker_threads";
import type { WorkerPort } from "../engine/messages";

export function spawnThread(): WorkerPort {
  let stopped = false;
  // In the checkout threads run TypeScript; in the built package there is JavaScript next to this
  // file.
  const entry = import.meta.url.endsWith(".ts") ? "./worker-entry.mjs" : "./worker.mjs";
  const worker = new Worker(new URL(entry, import.meta.url));
  return {
    post(message) {
      worker.postMessage(message);
    },
    onMessage(receive) {
      worker.on("message", receive);
    },
    onBreak(receive) {
      worker.on("error", (error) =>
        receive(error instanceof Error ? error.message : String(error)),
      );
      worker.on("exit", (code) => {
        if (!stopped) receive(`the thread ended with code ${code}`);
      });
    },
    terminate() {
      stopped = true;
      void worker.terminate();
    },
  };
}
