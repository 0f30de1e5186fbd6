/**
 * Growth of `glance` in time: against training images, taps, width and workers, one line each with
 * its fitted exponent. A fixed part (starting workers, reading files) pulls exponents towards 0 at
 * small sizes.
 *
 *     npx tsx bench/growth/growth.ts [--only images,taps,width,workers] [--rounds 3] [--images 1000,5000,20000,50000]
 *       [--train-images 1000] [--test-images 1000] [--workers 2] [--python python3] [--out bench/results/growth.json]
 *
 * Sizes take turns within a round; medians over the rounds, with the lowest and highest. Writes the
 * results after each axis. A trial:
 * `--only images --images 128,256 --test-images 64 --rounds 1 --out /tmp/growth.json`.
 */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { spreadOf, type Spread } from "../spread";
import { axisNames, sizesAlong, widths, type AxisName } from "./axes";
import { fittedExponent, type Point } from "./exponent";
import { readOptions } from "./options";
import { timedRuns } from "./timed-run";

interface Line {
  readonly axis: AxisName;
  readonly exponent: number;
  readonly points: readonly (Point & Omit<Spread, "median">)[];
}

const root = resolve(import.meta.dirname, "../..");
const options = readOptions(process.argv.slice(2));
const run = await timedRuns(root);
const networks = await mkdtemp(join(tmpdir(), "growth-"));
if (options.only.includes("width")) {
  const asked = ["-m", "bench.growth.networks", networks, ...widths.map(String)];
  await promisify(execFile)(options.python, asked, { cwd: root });
}
const lines: Line[] = [];
for (const axis of axisNames.filter((name) => options.only.includes(name))) {
  const sizes = sizesAlong(axis, {
    trainImages: options["train-images"],
    testImages: options["test-images"],
    workers: options.workers,
    images: options.images,
    networks,
  });
  const measured: number[][] = sizes.map(() => []);
  for (let round = 0; round < options.rounds; round++) {
    for (const [index, { spec, workers }] of sizes.entries()) {
      measured[index]?.push((await run(spec, workers)).seconds);
    }
  }
  const points = sizes.map(({ x }, index) => {
    const { median, lowest, highest } = spreadOf(measured[index] ?? []);
    return { x, seconds: median, lowest, highest };
  });
  const line = { axis, exponent: fittedExponent(points), points };
  lines.push(line);
  console.log(formatLine(line));
  await write();
}
await rm(networks, { recursive: true });

function formatLine({ axis, exponent, points }: Line): string {
  const times = points.map(
    ({ x, seconds, lowest, highest }) =>
      `${x}: ${seconds.toFixed(1)} s (${lowest.toFixed(1)}–${highest.toFixed(1)})`,
  );
  return `${axis.padEnd(8)} exponent ${exponent.toFixed(2)}   ${times.join(", ")}`;
}

async function write(): Promise<void> {
  const settings = {
    rounds: options.rounds,
    trainImages: options["train-images"],
    testImages: options["test-images"],
    workers: options.workers,
  };
  const report = {
    cpu: cpus()[0]?.model,
    node: process.version,
    measuredAt: new Date().toISOString(),
    command: process.argv.slice(2).join(" "),
    settings,
    lines,
  };
  await mkdir(dirname(resolve(options.out)), { recursive: true });
  await writeFile(resolve(options.out), `${JSON.stringify(report, null, 2)}\n`);
}
