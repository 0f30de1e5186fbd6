/** Starts the page's workers. */
import type { WorkerPort } from "../engine/messages";

/** @param base the page's address, which assets are relative to */
export function spawnPageWorker(base: string): WorkerPort {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    type: "module",
    name: base,
  });
  return {
    post(message) {
      worker.postMessage(message);
    },
    onMessage(receive) {
      worker.addEventListener("message", (event: MessageEvent<unknown>) => {
        receive(event.data);
      });
    },
    onBreak(receive) {
      worker.addEventListener("error", (event) => {
        // A script that cannot be loaded gives an event without a message.
        receive(event.message || "its script could not be loaded");
      });
    },
    terminate() {
      worker.terminate();
    },
  };
}
