/**
 * Images a second in the training of a whole ResNet-18, on wasm and by PyTorch on the CPU, one thread
 * each, in turns.
 *
 *     npx tsx bench/training/training.ts [--python python3] [--rounds 5] [--out FILE]
 *
 * Batches of 128 random images; ours are cropped and mirrored within the time, PyTorch's are not.
 */
import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { cifar10Form } from "../../src/core/data/cifar10";
import { seeded } from "../../src/core/random/generator";
import { partGradients } from "../../src/core/training/part-gradients";
import type { TrainingRecipe } from "../../src/core/training/recipe";
import { trainNetwork } from "../../src/core/training/train-network";
import { startBackend } from "../../src/engine/backends/start";
import { pytorchEnvironment } from "../pytorch-environment";
import { formatSpread, spreadOf } from "../spread";

const root = resolve(import.meta.dirname, "../..");
const widths = [4, 8, 16];
const batchSize = 128;
/** Steps between two answers. */
const steps = 8;

const { values } = parseArgs({
  options: {
    python: { type: "string", default: "python3" },
    rounds: { type: "string", default: "5" },
    out: { type: "string" },
  },
});

await startBackend("wasm", { wasmPaths: undefined, gpu: undefined });
const generator = seeded(0);
const bytes = (size: number, below: number): Uint8Array =>
  Uint8Array.from({ length: size }, () => generator.below(below));
const images = {
  count: 1_280,
  ...cifar10Form,
  labels: bytes(1_280, 10),
  pixels: bytes(1_280 * 3_072, 256),
};
const ours = widths.map((width) => {
  const recipe: TrainingRecipe = {
    architecture: { family: "resnet", blocks: [2, 2, 2, 2], width },
    epochs: 1_000,
    batchSize,
    parts: 1,
    peakRate: 0.05,
    optimizer: "sgd",
    schedule: "cosine",
    momentum: 0.9,
    weightDecay: 5e-4,
    labelSmoothing: 0,
    augmented: true,
    seed: 0,
  };
  const each = partGradients(recipe, images);
  return trainNetwork({
    recipe,
    images: images.count,
    initial: each.initial,
    gradients: async (parameters, step) => [await each.part(parameters, step, 0)],
  });
});
const child = spawn(
  values.python,
  ["-m", "bench.training.pytorch", JSON.stringify({ widths, batchSize, steps })],
  { cwd: root, stdio: ["pipe", "pipe", "inherit"], env: pytorchEnvironment },
);
const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
await lines.next();

const results = [];
for (const [index, width] of widths.entries()) {
  // Kernels are compiled and memory is taken.
  await ourRate(index);
  const rounds: { readonly ours: number; readonly pytorch: number }[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    const pytorch = await pytorchRate(index);
    rounds.push({ ours: await ourRate(index), pytorch });
  }
  const rate = (side: "ours" | "pytorch"): string =>
    formatSpread(spreadOf(rounds.map((round) => round[side])), 0);
  const ratio = spreadOf(rounds.map(({ ours, pytorch }) => ours / pytorch));
  console.log(
    `${width} filters: ${rate("ours")} images/s, PyTorch ${rate("pytorch")}, ratio ${formatSpread(ratio, 2)}`,
  );
  results.push({ width, rounds, ratio });
}
child.stdin.end();
if (values.out !== undefined) {
  const machine = { cpu: cpus()[0]?.model ?? "unknown", node: process.version };
  await writeFile(values.out, `${JSON.stringify({ batchSize, ...machine, results }, null, 2)}\n`);
}

async function ourRate(index: number): Promise<number> {
  const startedMs = performance.now();
  for (let step = 0; step < steps; step++) await ours[index]?.next();
  return (steps * batchSize * 1000) / (performance.now() - startedMs);
}

async function pytorchRate(index: number): Promise<number> {
  child.stdin.write(`${index}\n`);
  const line = await lines.next();
  if (line.done === true) throw new Error(`${values.python} ended before it answered`);
  return Number(line.value);
}
