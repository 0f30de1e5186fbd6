/**
 * Where the time of a training step, a forward pass and a closed-form batch goes, kernel by kernel, and
 * how far that is from the machine's limit.
 *
 *     npx tsx bench/profile/profile.ts [--tap 2] [--backend wasm|webgpu] [--out FILE]
 *
 * One worker, ResNet-18 with 16 filters, a batch of 128 random images. On WebGPU it counts dispatches,
 * bytes and floating-point operations and puts them beside the rooflines of three GPUs; the times of a
 * GPU that a CPU imitates mean nothing.
 */
import { writeFile } from "node:fs/promises";
import { availableParallelism, cpus } from "node:os";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { z } from "zod";
import { readZoo, resolveModel } from "../../src/cli/models";
import { nodeGpu } from "../../src/cli/node-gpu";
import { startBackend } from "../../src/engine/backends/start";
import { wasmLimit } from "./limit";
import { recordKernels, type KernelRow } from "./recorder";
import { dispatchMicroseconds, predictions } from "./rooflines";
import { workloads, type Workload } from "./workload";

const root = resolve(import.meta.dirname, "../..");
const folders = { zoo: join(root, "public/zoo"), data: join(root, "public/data") };
const batchSize = 128;
const timedRuns = 7;

const options = z
  .strictObject({
    tap: z.string().regex(/^\d+$/).transform(Number),
    backend: z.enum(["wasm", "webgpu"]),
    out: z.string().optional(),
  })
  .parse({
    tap: "2",
    backend: "wasm",
    ...parseArgs({
      options: { tap: { type: "string" }, backend: { type: "string" }, out: { type: "string" } },
    }).values,
  });

const onGpu = options.backend === "webgpu";
await startBackend(options.backend, {
  wasmPaths: undefined,
  gpu: onGpu ? await nodeGpu() : undefined,
});
const zoo = await readZoo(folders);
const models = {
  top: await resolveModel("resnet18-w16-s0", zoo, folders, root),
  bottom: await resolveModel("resnet18-w16-s1", zoo, folders, root),
};

const limit = onGpu ? null : { gflopsPerSecondPerCore: wasmLimit(), cores: availableParallelism() };
if (limit) {
  const { gflopsPerSecondPerCore: peak, cores } = limit;
  // Two multiplications and two additions a cycle on 128 bits is what x86 cores of the last years do.
  console.log(
    `limit: ${peak.toFixed(1)} GFLOP/s a core in wasm (4 lanes; ${(peak / 16).toFixed(2)} GHz at 16 FLOP a cycle), ${String(cores)} cores`,
  );
}

const results = [];
for (const workload of await workloads(models, options.tap, batchSize)) {
  await workload.run();
  const rows = await recordKernels(() => workload.run());
  const medianMs = onGpu ? null : await medianMsOf(workload);
  const time = medianMs === null ? "" : `: ${medianMs.toFixed(1)} ms`;
  console.log(`\n${workload.name}${time}`);
  console.table(rows.map((row) => shown(row)));
  const roofline = onGpu ? predictions(rows) : null;
  if (roofline) {
    console.log(`predicted, with ${String(dispatchMicroseconds)} µs a dispatch`);
    console.table(roofline);
  }
  results.push({ name: workload.name, medianMs, kernels: rows, roofline });
}

if (options.out !== undefined) {
  const { tap, backend } = options;
  const cpu = cpus()[0]?.model ?? "unknown";
  const report = { backend, tap, batchSize, node: process.version, cpu, limit, results };
  await writeFile(options.out, `${JSON.stringify(report, null, 2)}\n`);
}
// Dawn keeps the process alive.
process.exit();

async function medianMsOf(workload: Workload): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < timedRuns; run++) {
    const startedMs = performance.now();
    await workload.run();
    times.push(performance.now() - startedMs);
  }
  return times.sort((a, b) => a - b)[Math.floor(timedRuns / 2)] ?? NaN;
}

function shown({ name, calls, ms, share, gflop, gflopsPerSecond, bytes }: KernelRow): object {
  const megabytes = Number((bytes / 1e6).toFixed(2));
  if (onGpu) return { name, calls, megabytes, gflop: gflop ?? "" };
  return {
    name,
    calls,
    ms: Number(ms.toFixed(2)),
    "share %": Number((100 * share).toFixed(1)),
    "GFLOP/s": gflopsPerSecond === null ? "" : Number(gflopsPerSecond.toFixed(1)),
    megabytes,
  };
}
