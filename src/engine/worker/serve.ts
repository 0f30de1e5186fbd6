/** A worker's side: receives orders one at a time and answers them. */
import { LabError, errorData } from "../../core/errors";
import type { BackendName } from "../../experiment/report";
import type { AssetSource } from "../assets";
import type { StartedBackend } from "../backends/start";
import type { FromWorker, ToWorker } from "../messages";
import type { ProbeResult } from "../probe-result";
import { workerContext, type WorkerContext } from "./context";
import { executeTask } from "./execute";

/** What a page's worker and a Node thread provide differently. */
export interface WorkerPlatform {
  send(message: FromWorker): void;
  readonly assets: AssetSource;
  /** @throws LabError `backend` when it cannot be started */
  startBackend(name: BackendName): Promise<StartedBackend>;
  probe(name: BackendName): Promise<ProbeResult>;
  nowMs(): number;
}

/** @returns the function that takes every message in; messages are answered in the order they come */
export function serve(platform: WorkerPlatform): (message: ToWorker) => void {
  let context: WorkerContext | undefined;

  async function answer(message: ToWorker): Promise<void> {
    switch (message.type) {
      case "setup": {
        const started = await platform.startBackend(message.setup.backend);
        context = workerContext(message.setup, platform.assets);
        platform.send({ type: "ready", adapter: started.adapter });
        return;
      }
      case "probe":
        platform.send({ type: "probed", probe: await platform.probe(message.backend) });
        return;
      case "run": {
        if (!context) throw new Error("a worker must be set up before it runs a task");
        const { task, sums } = message;
        for await (const event of executeTask(task, sums, context, () => platform.nowMs())) {
          platform.send(event);
        }
        return;
      }
      default:
        return message satisfies never;
    }
  }

  let last = Promise.resolve();
  return (message) => {
    last = last
      .then(() => answer(message))
      .catch((thrown: unknown) => {
        if (!(thrown instanceof LabError)) console.error(thrown);
        platform.send({ type: "failed", error: errorData(thrown, "the worker") });
      });
  };
}
