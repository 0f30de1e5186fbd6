/**
 * Images a second in the training of a whole ResNet-18, on wasm and by PyTorch on the CPU, on as many
 * threads each, in turns.
 *
 *     npx tsx bench/training/training.ts [--threads 1] [--parts 1] [--python python3] [--rounds 5]
 *                                        [--out FILE]
 *
 * Batches of 128 images of CIFAR-10, trained as by `stitch -- train`: cropped and mirrored within the
 * time, and each step's gradients summed between its workers. A batch has as many parts as there are
 * threads; the page's usual training has four. PyTorch's images are random numbers, made beforehand.
 */
import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { dataManifestSchema } from "../../src/core/data/manifest";
import { trainingBackend, usualTraining } from "../../src/experiment/training/spec";
import { readJson } from "../../src/node/files";
import { train } from "../../src/node/train";
import { pytorchEnvironment } from "../pytorch-environment";
import { formatSpread, spreadOf } from "../spread";

const root = resolve(import.meta.dirname, "../..");
const folder = join(root, "public/data");
const widths = [4, 8, 16];
const { batchSize } = usualTraining;
/** Steps between two answers. */
const steps = 8;

const { values } = parseArgs({
  options: {
    threads: { type: "string", default: "1" },
    parts: { type: "string" },
    python: { type: "string", default: "python3" },
    rounds: { type: "string", default: "5" },
    out: { type: "string" },
  },
});
const threads = Number(values.threads);
const parts = Number(values.parts ?? threads);
const data = await readJson(join(folder, "manifest.json"), dataManifestSchema);

const child = spawn(
  values.python,
  ["-m", "bench.training.pytorch", JSON.stringify({ widths, batchSize, steps, threads })],
  { cwd: root, stdio: ["pipe", "pipe", "inherit"], env: pytorchEnvironment },
);
const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
await lines.next();

const results = [];
for (const [index, width] of widths.entries()) {
  const training = train(
    { ...usualTraining, width, parts, trainImages: 50_000 },
    {
      data,
      folder,
      backend: trainingBackend,
      workers: threads,
      signal: new AbortController().signal,
    },
  );
  // Kernels are compiled and memory is taken.
  await ourRate(training);
  const rounds: { readonly ours: number; readonly pytorch: number }[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    const pytorch = await pytorchRate(index);
    rounds.push({ ours: await ourRate(training), pytorch });
  }
  const rate = (side: "ours" | "pytorch"): string =>
    formatSpread(spreadOf(rounds.map((round) => round[side])), 0);
  const ratio = spreadOf(rounds.map(({ ours, pytorch }) => ours / pytorch));
  console.log(
    `${width} filters: ${rate("ours")} images/s, PyTorch ${rate("pytorch")}, ratio ${formatSpread(ratio, 2)}`,
  );
  results.push({ width, rounds, ratio });
  await training.return(undefined);
}
child.stdin.end();
if (values.out !== undefined) {
  const machine = { cpu: cpus()[0]?.model ?? "unknown", node: process.version };
  await writeFile(
    values.out,
    `${JSON.stringify({ batchSize, threads, parts, ...machine, results }, null, 2)}\n`,
  );
}

async function ourRate(training: ReturnType<typeof train>): Promise<number> {
  const startedMs = performance.now();
  for (let step = 0; step < steps; step++) await training.next();
  return (steps * batchSize * 1000) / (performance.now() - startedMs);
}

async function pytorchRate(index: number): Promise<number> {
  child.stdin.write(`${index}\n`);
  const line = await lines.next();
  if (line.done === true) throw new Error(`${values.python} ended before it answered`);
  return Number(line.value);
}
