/** Starts Node threads as workers. */
import { Worker } from "node:worker_threads";
import type { WorkerPort } from "../engine/messages";

export function spawnThread(): WorkerPort {
  let stopped = false;
  const worker = new Worker(new URL("./worker-entry.mjs", import.meta.url));
  return {
    post(message) {
      worker.postMessage(message);
    },
    onMessage(receive) {
      worker.on("message", receive);
    },
    onBreak(receive) {
      worker.on("error", (error) => {
        receive(error instanceof Error ? error.message : String(error));
      });
      worker.on("exit", (code) => {
        if (!stopped) receive(`the thread ended with code ${String(code)}`);
      });
    },
    terminate() {
      stopped = true;
      void worker.terminate();
    },
  };
}
