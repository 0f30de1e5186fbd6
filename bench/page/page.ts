/**
 * The built page in Chromium: time to the first point of a stored curve and of a live one, what a
 * click waits for during a run, and the browser's memory, at its peak and over time.
 *
 *     npm run build && npx tsx bench/page/page.ts [--protocol quick] [--taps all] [--train-images 2000]
 *       [--test-images 2000] [--rounds 3] [--out bench/results/page.json]
 *
 * On WebAssembly, each visit in a fresh browser; medians over the visits, with the lowest and
 * highest. The memory is that of all the browser's processes, in which shared pages count once. A
 * trial:
 * `--protocol glance --taps 8 --train-images 128 --test-images 64 --rounds 1 --out /tmp/page.json`.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { dirname, resolve } from "node:path";
import { writeAddress } from "../../src/experiment/address/address";
import { defaultSpec } from "../../src/experiment/spec";
import { readOptions } from "./options";
import { servePage } from "./serve";
import { visit, type Visit } from "./visit";

const options = readOptions(process.argv.slice(2));
const hash = writeAddress({
  spec: {
    ...defaultSpec("resnet18-w16-s0", "resnet18-w16-s1", options.protocol),
    sites: options.taps,
    trainImages: options["train-images"],
    testImages: options["test-images"],
  },
  backend: "wasm",
});
const served = await servePage();
const visits: Visit[] = [];
try {
  for (let round = 0; round < options.rounds; round++)
    visits.push(await visit(served.address + hash));
} finally {
  await served.close();
}

const inputs = visits.flatMap((one) => one.inputs);
const slopes = visits.map(({ memory }) => memory.megabytesPerMinute ?? NaN);
const rows = {
  "first stored point, ms": spread(visits.map((one) => one.firstStoredPointMs)),
  "first live point, ms": spread(visits.map((one) => one.firstLivePointMs)),
  "whole run, s": spread(visits.map((one) => one.runSeconds)),
  "click to its handler during a run, ms": spread(inputs.map(({ delayMs }) => delayMs)),
  "click to the next frame during a run, ms": spread(inputs.map(({ paintedMs }) => paintedMs)),
  "browser's peak memory, MB": spread(visits.map(({ memory }) => memory.peakMegabytes)),
  "growth of memory in the second half, MB/min": spread(slopes),
};
console.table(rows);
const report = {
  cpu: cpus()[0]?.model,
  node: process.version,
  cores: visits[0]?.cores,
  measuredAt: new Date().toISOString(),
  command: process.argv.slice(2).join(" "),
  hash,
  rows,
  visits,
};
await mkdir(dirname(resolve(options.out)), { recursive: true });
await writeFile(resolve(options.out), `${JSON.stringify(report)}\n`);

function spread(
  values: readonly number[],
): Record<"median" | "lowest" | "p95" | "highest", number> {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => {
    const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    return Number((value ?? NaN).toFixed(1));
  };
  return { median: at(0.5), lowest: at(0), p95: at(0.95), highest: at(1) };
}
