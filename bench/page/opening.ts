/**
 * The page's first seconds: when the recorded result is painted on a processor slowed four times
 * behind "fast 3G", how soon the first touch is answered there, and what Lighthouse says.
 *
 *     npm run build && npx tsx bench/page/opening.ts [--rounds 5] [--out bench/results/opening.json]
 *
 * Each visit in a fresh browser; medians, with the lowest and highest. Aims: painted within 1.5 s,
 * 95 of 100 or more.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { dirname, resolve } from "node:path";
import * as z from "../../src/core/schema";
import { positiveNumber, readFlags } from "../flags";
import { spreadOf, formatSpread } from "../spread";
import { lighthouse } from "./lighthouse";
import { paintOf, type Paint } from "./paint";
import { servePage } from "./serve";

const optionsSchema = z.strictObject({ rounds: positiveNumber, out: z.string() });
const defaults = { rounds: "5", out: "bench/results/opening.json" };
const { rounds, out } = readFlags(optionsSchema, defaults, process.argv.slice(2));

const served = await servePage();
const paints: Paint[] = [];
const verdicts: (Awaited<ReturnType<typeof lighthouse>> & { readonly screen: string })[] = [];
try {
  for (let round = 0; round < rounds; round++) paints.push(await paintOf(served.address));
  for (const screen of ["phone", "desktop"] as const) {
    verdicts.push({ screen, ...(await lighthouse(served.address, screen)) });
  }
} finally {
  await served.close();
}

const spread = (of: (paint: Paint) => number) => spreadOf(paints.map(of));
const rows = {
  "first paint, ms": spread(({ firstMs }) => firstMs),
  "recorded result painted, ms": spread(({ recordedMs }) => recordedMs),
  "first touch answered, ms": spread(({ answerMs }) => answerMs),
};
for (const [name, found] of Object.entries(rows)) console.log(`${name}: ${formatSpread(found, 0)}`);
console.table(verdicts);

const path = resolve(out);
await mkdir(dirname(path), { recursive: true });
const machine = { cores: cpus().length, processor: cpus()[0]?.model ?? null };
const date = new Date().toISOString().slice(0, 10);
await writeFile(
  path,
  `${JSON.stringify({ date, machine, rows, lighthouse: verdicts }, null, 2)}\n`,
);
