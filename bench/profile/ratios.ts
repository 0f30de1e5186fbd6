/**
 * Forward passes and stitch steps next to PyTorch's on the same machine, turn by turn, so that
 * whatever else the machine does falls on both: wasm workers against as many threads, or WebGPU
 * against CUDA (the CPU where there is none).
 *
 *     npx tsx bench/profile/ratios.ts [--taps 0,4] [--workers 1,2] [--rounds 5] [--backend wasm|webgpu]
 *       [--python python3] [--out bench/results/rates.json]
 *
 * Images a second, medians over the rounds; the ratio is the median of each round's ratio.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { dirname, resolve } from "node:path";
import * as z from "../../src/core/schema";
import { positiveNumber, readFlags, textList, wholeNumber } from "../flags";
import { spreadOf, formatSpread, type Spread } from "../spread";
import { pytorchRates } from "./pytorch";
import { backendSchema } from "./side";
import { ourRates } from "./workers";

interface Row {
  readonly work: string;
  readonly workers: number;
  /** Images a second. */
  readonly ours: Spread;
  readonly pytorch: Spread;
  readonly ratio: Spread;
}

const root = resolve(import.meta.dirname, "../..");
const warmUpRounds = 3;
const options = readFlags(
  z.strictObject({
    taps: z.pipe(textList, z.array(wholeNumber).check(z.minLength(1))),
    workers: z.pipe(textList, z.array(positiveNumber).check(z.minLength(1))),
    rounds: positiveNumber,
    backend: backendSchema,
    python: z.string(),
    out: z.string(),
  }),
  {
    taps: "0,1,2,3,4,5,6,7,8",
    workers: "1,2",
    rounds: "5",
    backend: "wasm",
    python: "python3",
    out: "bench/results/rates.json",
  },
  process.argv.slice(2),
);

/** A tap's stitch step, or null for a forward pass. */
const pieces: readonly (number | null)[] = [null, ...options.taps];
const rows: Row[] = [];
let pytorchDevice = "";
for (const workers of options.workers) {
  const ours = await ourRates(options.backend, workers, pieces, root);
  const pytorch = await pytorchRates(
    { python: options.python, threads: workers, backend: options.backend },
    pieces,
    root,
  );
  pytorchDevice = pytorch.device;
  // Pieces take turns within a round: measured one after another, each would have its own luck.
  const rounds: { ours: number; pytorch: number }[][] = pieces.map(() => []);
  for (let round = 0; round < warmUpRounds + options.rounds; round++) {
    for (const index of pieces.keys()) {
      const pair = {
        ours: await ours.imagesPerSecond(index),
        pytorch: await pytorch.imagesPerSecond(index),
      };
      // The first rounds are for caches and compilers.
      if (round >= warmUpRounds) rounds[index]?.push(pair);
    }
  }
  await ours.end();
  pytorch.end();
  for (const [index, tap] of pieces.entries()) {
    const measured = rounds[index] ?? [];
    rows.push({
      work: tap === null ? "forward" : `stitch step, tap ${tap}`,
      workers,
      ours: spreadOf(measured.map((pair) => pair.ours)),
      pytorch: spreadOf(measured.map((pair) => pair.pytorch)),
      ratio: spreadOf(measured.map((pair) => pair.ours / pair.pytorch)),
    });
  }
}

console.log(`ours on ${options.backend}, PyTorch on ${pytorchDevice}; images a second`);
console.table(
  rows.map(({ work, workers, ours, pytorch, ratio }) => ({
    work,
    workers,
    ours: formatSpread(ours, 0),
    PyTorch: formatSpread(pytorch, 0),
    [`ratio (target ${options.backend === "webgpu" ? "1" : "0.5"})`]: formatSpread(ratio, 2),
  })),
);
const out = resolve(options.out);
await mkdir(dirname(out), { recursive: true });
const report = {
  cpu: cpus()[0]?.model,
  node: process.version,
  measuredAt: new Date().toISOString(),
  command: process.argv.slice(2).join(" "),
  backend: options.backend,
  pytorchDevice,
  rows,
};
await writeFile(out, `${JSON.stringify(report, null, 2)}\n`);
