/**
 * Forward passes and stitch steps beside PyTorch's on the same cores: wasm workers against as many
 * threads, turn by turn, so that whatever else the machine does falls on both.
 *
 *     npx tsx bench/profile/ratios.ts [--taps 0,4] [--workers 2] [--rounds 5] [--python python3] [--out FILE]
 *
 * Images a second, medians over the rounds; the ratio is the median of each round's ratio.
 */
import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { pytorchRates } from "./pytorch";
import { wasmRates } from "./workers";

const root = resolve(import.meta.dirname, "../..");
const warmUpRounds = 3;
const count = z.string().regex(/^\d+$/).transform(Number);
const options = z
  .strictObject({
    taps: z
      .string()
      .transform((list) => list.split(","))
      .pipe(z.array(count)),
    workers: count,
    rounds: count,
    python: z.string(),
    out: z.string().optional(),
  })
  .parse({
    taps: "0,4",
    workers: "2",
    rounds: "5",
    python: "python3",
    ...parseArgs({
      options: {
        taps: { type: "string" },
        workers: { type: "string" },
        rounds: { type: "string" },
        python: { type: "string" },
        out: { type: "string" },
      },
    }).values,
  });

/** A tap's stitch step, or null for a forward pass. */
const pieces: readonly (number | null)[] = [null, ...options.taps];
const wasm = await wasmRates(options.workers, pieces, root);
const pytorch = await pytorchRates(options.python, options.workers, pieces, root);

// Pieces take turns within a round: measured one after another, each would have its own luck.
const rounds: { ours: number; pytorch: number; ratio: number }[][] = pieces.map(() => []);
for (let round = 0; round < warmUpRounds + options.rounds; round++) {
  for (const index of pieces.keys()) {
    const ours = await wasm.imagesPerSecond(index);
    const theirs = await pytorch.imagesPerSecond(index);
    // The first rounds are for caches and compilers.
    if (round >= warmUpRounds) rounds[index]?.push({ ours, pytorch: theirs, ratio: ours / theirs });
  }
}
const rows = pieces.map((tap, index) => {
  const measured = rounds[index] ?? [];
  const ratios = measured.map(({ ratio }) => ratio);
  return {
    work: tap === null ? "forward" : `stitch step, tap ${String(tap)}`,
    ours: median(measured.map(({ ours }) => ours)),
    pytorch: median(measured.map(({ pytorch: theirs }) => theirs)),
    ratio: median(ratios),
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
  };
});
await wasm.end();
pytorch.end();

console.table(
  rows.map(({ work, ours, pytorch: theirs, ratio, lowest, highest }) => ({
    work,
    "ours, images/s": Math.round(ours),
    "PyTorch, images/s": Math.round(theirs),
    ratio: Number(ratio.toFixed(2)),
    range: `${lowest.toFixed(2)}–${highest.toFixed(2)}`,
  })),
);
if (options.out !== undefined) {
  const { workers, rounds } = options;
  const report = { cpu: cpus()[0]?.model, node: process.version, workers, rounds, rows };
  await writeFile(options.out, `${JSON.stringify(report, null, 2)}\n`);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
