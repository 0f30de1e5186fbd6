/** Starts the page's workers. */
import type { WorkerPort } from "../../engine/messages";
import { whenDead } from "./worker-liveness";

let started = 0;
/** Tells this page's workers from those of other tabs. */
const page = `${Date.now()}-${String(Math.random()).slice(2)}`;

/** @param base the page's address, which assets are relative to */
export function spawnPageWorker(base: string): WorkerPort {
  started++;
  // The worker reads it: where it is, and under which name it lives.
  const name = new URL(`#${page}-${started}`, base).href;
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name });
  const stopped = new AbortController();
  const receivers: ((reason: string) => void)[] = [];
  const reportBreak = (reason: string): void => {
    for (const receive of receivers) receive(reason);
  };
  worker.addEventListener("error", (event) => {
    // A script that cannot be loaded gives an event without a message.
    reportBreak(event.message || "its script could not be loaded");
  });
  void whenDead(name, stopped.signal).then(reportBreak);
  return {
    post(message) {
      worker.postMessage(message);
    },
    onMessage(receive) {
      worker.addEventListener("message", (event: MessageEvent<unknown>) => receive(event.data));
    },
    onBreak(receive) {
      receivers.push(receive);
    },
    terminate() {
      stopped.abort();
      worker.terminate();
    },
  };
}
