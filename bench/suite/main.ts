/**
 * All benchmarks: ours on wasm and PyTorch's on as many threads, turn by turn in one run.
 *
 *     npm run bench [-- --python python3 --only penalty,sweep --resume yes]
 *
 * Parts: `rates` (forward passes and stitch steps), `penalty` (time to the penalty of the paper's
 * protocol in PyTorch, tap by tap), `sweep` (all taps in one run, with memory), `glance` (beside
 * bare forward passes), `growth` and `page`. Writes a file a part into bench/results/, that of
 * `penalty`, `sweep` and `glance` after every measurement. Targets are printed, not asserted. All
 * of it takes more than an hour on two cores. A trial:
 * `--only penalty,sweep,glance --taps 8 --epochs 1 --train-images 512 --sizes 256 --test-images 500 --rounds 1 --out /tmp/bench`.
 */
import { join, resolve } from "node:path";
import { readZoo, resolveModel } from "../../src/node/models";
import { readJson } from "../../src/node/files";
import { dataManifestSchema } from "../../src/core/data/manifest";
import { jobOf } from "../compare/job";
import type { Setting } from "./engine";
import { glance, glanceSchema } from "./glance";
import { openJournal } from "./journal";
import { readOptions } from "./options";
import { paperInPyTorch, paperSchema, type Paper } from "./paper";
import { quickAt, quickSchema, type Quick } from "./penalty";
import { buildPage, runScript } from "./scripts";
import { sweep, sweepSchema, type Sweep } from "./sweep";
import { glanceTable, penaltyTable, sweepTable } from "./table";

/** After so many taps in PyTorch one sweep of ours. */
const tapsPerSweep = 3;

const root = resolve(import.meta.dirname, "../..");
const options = readOptions(process.argv.slice(2));
const { python, only, epochs, sizes, rounds, workers, out } = options;
const trainImages = options["train-images"];
const testImages = options["test-images"];

if (only.includes("rates")) {
  const counts = [...new Set([1, workers])].join(",");
  // These take seconds, and two more rounds make a median steadier.
  const more = String(rounds + 2);
  const asked = [
    "--workers",
    counts,
    "--rounds",
    more,
    "--python",
    python,
    "--out",
    join(out, "rates.json"),
  ];
  await runScript(["bench/profile/ratios.ts", ...asked], root);
}

const folders = { zoo: join(root, "public/zoo"), data: join(root, "public/data") };
const zoo = await readZoo(folders);
const model = (id: string) => resolveModel(id, zoo, folders, root);
const models = { top: await model("resnet18-w16-s0"), bottom: await model("resnet18-w16-s1") };
const data = await readJson(join(folders.data, "manifest.json"), dataManifestSchema);
const setting: Setting = { models, data, dataFolder: `${folders.data}/`, workers };
const settings = { epochs, trainImages, testImages, workers };
const journal = await openJournal(resolve(out, "bench.json"), settings, options.resume);

const papers: Paper[] = [];
const quicks: Quick[] = [];
const sweeps: Sweep[] = [];
async function sweepRound(round: number): Promise<void> {
  for (const size of sizes) {
    const key = `sweep/${size} images/round ${round}`;
    const work = (): Promise<Sweep> => sweep(size, testImages, setting);
    sweeps.push(await journal.measured(key, sweepSchema, work));
  }
}

if (only.includes("penalty")) {
  for (const [place, tap] of options.taps.entries()) {
    for (let round = 0; round < rounds; round++) {
      for (const size of sizes) {
        const key = `quick/tap ${tap}/${size} images/round ${round}`;
        const work = (): Promise<Quick> => quickAt(tap, size, testImages, setting);
        quicks.push(await journal.measured(key, quickSchema, work));
      }
      // Between our rounds; its own spread is that of its epochs.
      if (round > 0) continue;
      const asked = { ...options, taps: [tap], seed: 0, threads: workers };
      const job = jobOf(asked, models.top, models.bottom);
      const work = (): Promise<Paper> => paperInPyTorch(job, python, root);
      papers.push(await journal.measured(`paper/tap ${tap}`, paperSchema, work));
    }
    // Between the taps, which are PyTorch's sweep: both then meet the machine in the same moods.
    const due = place % tapsPerSweep === tapsPerSweep - 1 || place === options.taps.length - 1;
    if (only.includes("sweep") && due) await sweepRound(Math.floor(place / tapsPerSweep));
  }
  console.log(penaltyTable(papers, quicks, settings));
}
if (only.includes("sweep")) {
  if (papers.length === 0) {
    for (let round = 0; round < rounds; round++) await sweepRound(round);
  }
  console.log(sweepTable(papers, sweeps));
}
if (only.includes("glance")) {
  const found = [];
  for (let round = 0; round < rounds; round++) {
    const work = () => glance(trainImages / 2, testImages, setting, root);
    found.push(await journal.measured(`glance/round ${round}`, glanceSchema, work));
  }
  console.log(glanceTable(found));
}
if (only.includes("growth")) {
  const asked = [
    "--workers",
    String(workers),
    "--python",
    python,
    "--out",
    join(out, "growth.json"),
  ];
  await runScript(["bench/growth/growth.ts", "--rounds", String(rounds), ...asked], root);
}
if (only.includes("page")) {
  await buildPage(root);
  const asked = ["--rounds", String(rounds), "--out", join(out, "page.json")];
  await runScript(["bench/page/page.ts", ...asked], root);
}
