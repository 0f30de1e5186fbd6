/**
 * Where the time of a training step, a forward pass and a closed-form batch goes, kernel by kernel,
 * and how far that is from the machine's limit.
 *
 *     npx tsx bench/profile/profile.ts [--pair resnet18-w16-s0,resnet18-w16-s1] [--tap 2] [--batch 128]
 *       [--backend wasm|webgpu] [--timed yes|no] [--out FILE]
 *
 * One worker, a batch of random images. On WebGPU it counts dispatches,
 * bytes and floating-point operations and puts them next to the rooflines of three GPUs. Where the
 * device has timestamps, the time of each kernel is the device's own; the times of a GPU that a CPU
 * imitates mean nothing, so that there they are only taken if asked for, and counting computes
 * nothing.
 */
import { writeFile } from "node:fs/promises";
import { availableParallelism, cpus } from "node:os";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import * as z from "../../src/core/schema";
import { readZoo, resolveModel } from "../../src/node/models";
import { nodeGpu } from "../../src/node/gpu";
import { compileAhead } from "../../src/core/tensor/steps";
import { startBackend } from "../../src/engine/backends/start";
import { wasmLimit } from "./limit";
import { textList } from "../flags";
import { recordKernels, type KernelRow, type Recording } from "./recorder";
import { dispatchMicroseconds, predictions } from "./rooflines";
import { resnetPair } from "./side";
import { workloads, type Workload } from "./workload";

const root = resolve(import.meta.dirname, "../..");
const folders = { zoo: join(root, "public/zoo"), data: join(root, "public/data") };
const timedRuns = 7;

const options = z
  .strictObject({
    pair: z.pipe(textList, z.tuple([z.string(), z.string()])),
    tap: z.pipe(z.string().check(z.regex(/^\d+$/)), z.transform(Number)),
    backend: z.enum(["wasm", "webgpu"]),
    batch: z.pipe(z.string().check(z.regex(/^[1-9]\d*$/)), z.transform(Number)),
    timed: z.optional(z.enum(["yes", "no"])),
    out: z.optional(z.string()),
  })
  .parse({
    pair: `${resnetPair.top},${resnetPair.bottom}`,
    tap: "2",
    backend: "wasm",
    batch: "128",
    ...parseArgs({
      options: {
        pair: { type: "string" },
        tap: { type: "string" },
        backend: { type: "string" },
        out: { type: "string" },
        batch: { type: "string" },
        timed: { type: "string" },
      },
    }).values,
  });

const onGpu = options.backend === "webgpu";
const started = await startBackend(options.backend, {
  wasmPaths: undefined,
  gpu: onGpu ? await nodeGpu() : undefined,
  timed: true,
});
const timed = onGpu && (options.timed ?? (started.software ? "no" : "yes")) === "yes";
const zoo = await readZoo(folders);
const [top, bottom] = options.pair;
const models = {
  top: await resolveModel(top, zoo, folders, root),
  bottom: await resolveModel(bottom, zoo, folders, root),
};

const limit = onGpu ? null : { gflopsPerSecondPerCore: wasmLimit(), cores: availableParallelism() };
if (limit) {
  const { gflopsPerSecondPerCore: peak, cores } = limit;
  // Two multiplications and two additions a cycle on 128 bits is what x86 cores of the last years
  // do.
  console.log(
    `limit: ${peak.toFixed(1)} GFLOP/s a core in wasm (4 lanes; ${(peak / 16).toFixed(2)} GHz at 16 FLOP a cycle), ${cores} cores`,
  );
}

const results = [];
for (const workload of await workloads(models, options.tap, options.batch)) {
  // First: memory that nobody has touched would pass for the time of the kernel that is given it.
  const medianMs = onGpu ? null : await medianMsOf(workload);
  const { rows, dispatches } = await recorded(workload);
  const time = medianMs === null ? "" : `: ${medianMs.toFixed(1)} ms`;
  console.log(`\n${workload.name}${time}`);
  console.table(rows.map((row) => shown(row)));
  const roofline = dispatches === null ? null : predictions(rows, dispatches);
  if (roofline) {
    const sum = (of: (row: KernelRow) => number): string =>
      rows.reduce((total, row) => total + of(row), 0).toPrecision(4);
    console.log(
      `${String(dispatches)} dispatches, ${sum((row) => row.gflop ?? 0)} GFLOP, ${sum((row) => row.bytes / 1e6)} MB` +
        (timed ? `, ${sum((row) => row.ms)} ms of the device` : ""),
    );
    console.log(`predicted, with ${dispatchMicroseconds} µs a dispatch`);
    console.table(roofline);
  }
  results.push({ name: workload.name, medianMs, dispatches, kernels: rows, roofline });
}

if (options.out !== undefined) {
  const { pair, tap, backend, batch: batchSize } = options;
  const cpu = cpus()[0]?.model ?? "unknown";
  const { adapter } = started;
  const report = {
    backend,
    adapter,
    timed,
    pair,
    tap,
    batchSize,
    node: process.version,
    cpu,
    limit,
    results,
  };
  await writeFile(options.out, `${JSON.stringify(report, null, 2)}\n`);
}
// Dawn keeps the process alive.
process.exit();

/** On a GPU whose times are not wanted the whole batch is counted and not computed. */
async function recorded(workload: Workload): Promise<Recording> {
  if (!onGpu || timed) {
    await workload.run();
    return recordKernels(() => workload.run());
  }
  await workload.runSmall();
  const recordings: Recording[] = [];
  await compileAhead(async () => {
    recordings.push(await recordKernels(() => workload.run()));
  });
  const [recording] = recordings;
  if (!recording) throw new Error("nothing was recorded");
  return recording;
}

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
  if (onGpu && !timed) return { name, calls, megabytes, gflop: gflop ?? "" };
  return {
    name,
    calls,
    ms: Number(ms.toFixed(2)),
    "share %": Number((100 * share).toFixed(1)),
    "GFLOP/s": gflopsPerSecond === null ? "" : Number(gflopsPerSecond.toFixed(1)),
    megabytes,
  };
}
