/** A thread of our side: says when it is ready, then does batches of the piece that it is sent. */
import { join, resolve } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import * as z from "../../src/core/schema";
import { readZoo, resolveModel } from "../../src/node/models";
import { nodeGpu } from "../../src/node/gpu";
import { startBackend } from "../../src/engine/backends/start";
import { batchesPerRound, batchSize, threadJobSchema } from "./side";
import { workloads, type Workload } from "./workload";

const port = parentPort;
if (!port) throw new Error("bench/profile/worker.ts runs as a worker thread only");
const root = resolve(import.meta.dirname, "../..");
const folders = { zoo: join(root, "public/zoo"), data: join(root, "public/data") };
const job = threadJobSchema.parse(workerData);

await startBackend(job.backend, {
  wasmPaths: undefined,
  gpu: job.backend === "webgpu" ? await nodeGpu() : undefined,
});
const zoo = await readZoo(folders);
const models = {
  top: await resolveModel(job.pair.top, zoo, folders, root),
  bottom: await resolveModel(job.pair.bottom, zoo, folders, root),
};
const pieces: Workload[] = [];
for (const tap of job.pieces) {
  const all = await workloads(models, tap ?? 0, batchSize, batchesPerRound[job.backend]);
  const wanted = tap === null ? "forward pass" : "training step";
  pieces.push(...all.filter(({ name }) => name === wanted));
}

port.on("message", (message: unknown) => {
  void run(z.int().parse(message));
});
port.postMessage("ready");

async function run(piece: number): Promise<void> {
  await pieces[piece]?.run();
  port?.postMessage("done");
}
