/**
 * Forward passes and stitch steps next to PyTorch's on the same machine, turn by turn, so that
 * whatever else the machine does falls on both: wasm workers against as many threads, or WebGPU
 * against CUDA (the CPU where there is none).
 *
 *     npx tsx bench/profile/ratios.ts [--taps 0,4] [--workers 1,2] [--rounds 5] [--backend wasm|webgpu]
 *       [--python python3] [--out bench/results/rates.json]
 *     npx tsx bench/profile/ratios.ts --against FOLDER [--pair vit-d192-s0,vit-d192-s1] ...
 *
 * With --against, another checkout of this repository takes PyTorch's place, so that a change can be
 * compared with what was before it, on any pair of the zoo's networks; PyTorch's side has only
 * ResNet-18 with 16 filters. A checkout from before --pair needs the bench that brought it:
 * `git checkout 4d787a9f -- bench/profile`.
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
import { backendSchema, resnetPair, type Side, type ThreadJob } from "./side";
import { ourRates } from "./workers";

interface Row {
  readonly work: string;
  readonly workers: number;
  /** Images a second. */
  readonly ours: Spread;
  readonly other: Spread;
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
    pair: z.pipe(textList, z.tuple([z.string(), z.string()])),
    against: z.string(),
    out: z.string(),
  }),
  {
    taps: "0,1,2,3,4,5,6,7,8",
    workers: "1,2",
    rounds: "5",
    backend: "wasm",
    python: "python3",
    pair: `${resnetPair.top},${resnetPair.bottom}`,
    against: "",
    out: "bench/results/rates.json",
  },
  process.argv.slice(2),
);

/** A tap's stitch step, or null for a forward pass. */
const pieces: readonly (number | null)[] = [null, ...options.taps];
const rows: Row[] = [];
const [top, bottom] = options.pair;
const job: ThreadJob = { backend: options.backend, pair: { top, bottom }, pieces: [...pieces] };
let pytorchDevice: string | undefined;

function ourSide(threads: number, folder: string): Promise<Side> {
  return ourRates(job.backend, threads, pieces, folder, job.pair);
}

async function otherSide(threads: number): Promise<Side> {
  if (options.against !== "") return ourSide(threads, resolve(options.against));
  const pytorch = await pytorchRates(job, { python: options.python, threads }, root);
  pytorchDevice = pytorch.device;
  return pytorch;
}

for (const workers of options.workers) {
  const ours = await ourSide(workers, root);
  const other = await otherSide(workers);
  // Pieces take turns within a round: measured one after another, each would have its own luck.
  const rounds: { ours: number; other: number }[][] = pieces.map(() => []);
  for (let round = 0; round < warmUpRounds + options.rounds; round++) {
    for (const index of pieces.keys()) {
      const pair = {
        ours: await ours.imagesPerSecond(index),
        other: await other.imagesPerSecond(index),
      };
      // The first rounds are for caches and compilers.
      if (round >= warmUpRounds) rounds[index]?.push(pair);
    }
  }
  await ours.end();
  await other.end();
  for (const [index, tap] of pieces.entries()) {
    const measured = rounds[index] ?? [];
    rows.push({
      work: tap === null ? "forward" : `stitch step, tap ${tap}`,
      workers,
      ours: spreadOf(measured.map((pair) => pair.ours)),
      other: spreadOf(measured.map((pair) => pair.other)),
      ratio: spreadOf(measured.map((pair) => pair.ours / pair.other)),
    });
  }
}

const otherName = pytorchDevice === undefined ? options.against : `PyTorch on ${pytorchDevice}`;
const target = options.backend === "webgpu" || options.against !== "" ? "1" : "0.5";
console.log(`${top} on ${bottom}, on ${options.backend}; ${otherName}; images a second`);
console.table(
  rows.map(({ work, workers, ours, other, ratio }) => ({
    work,
    workers,
    ours: formatSpread(ours, 0),
    other: formatSpread(other, 0),
    [`ratio (target ${target})`]: formatSpread(ratio, 2),
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
