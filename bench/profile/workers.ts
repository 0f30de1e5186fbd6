/** Our side of the ratios: threads that each run the same piece of work at the same time. */
import { once } from "node:events";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { Worker } from "node:worker_threads";
import {
  batchesPerRound,
  batchSize,
  resnetPair,
  type Pair,
  type Side,
  type ThreadJob,
} from "./side";

export async function ourRates(
  backend: ThreadJob["backend"],
  count: number,
  pieces: readonly (number | null)[],
  root: string,
  pair: Pair = resnetPair,
): Promise<Side> {
  const entry = join(root, "bench/profile/worker-entry.mjs");
  const workerData: ThreadJob = { backend, pair, pieces: [...pieces] };
  const workers = Array.from({ length: count }, () => new Worker(entry, { workerData }));
  await Promise.all(workers.map((worker) => once(worker, "message")));
  return {
    async imagesPerSecond(piece) {
      const startedMs = performance.now();
      await Promise.all(
        workers.map((worker) => {
          const done = once(worker, "message");
          worker.postMessage(piece);
          return done;
        }),
      );
      const seconds = (performance.now() - startedMs) / 1000;
      return (count * batchesPerRound[backend] * batchSize) / seconds;
    },
    async end() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
