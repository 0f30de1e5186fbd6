/**
 * The benchmarks: ours on wasm and PyTorch's on as many threads, turn by turn in one run.
 *
 *     npm run bench [-- --python python3 --taps 0,2,5,8 --epochs 30 --rounds 5]
 *
 * `--taps` are those where PyTorch trains all `--epochs` of the paper's protocol; at the others it trains one, for
 * the time of an epoch. Everything: `--taps 0,1,2,3,4,5,6,7,8`. A trial: `--taps 8 --epochs 1 --train-images 512 --test-images 500 --rounds 1`. Writes bench/results/bench.json after
 * every measurement. Targets are printed, not asserted.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { dataManifestSchema } from "../../src/core/data/manifest";
import { readZoo, resolveModel } from "../../src/cli/models";
import { readJson } from "../../src/cli/read-json";
import { tapsOf } from "../../src/core/nets/architecture";
import { defaultSpec, testImagesSchema, trainImagesSchema } from "../../src/experiment/spec";
import { jobOf } from "../compare/job";
import { positiveNumber, readFlags, textList, wholeNumber } from "../flags";
import { wasmRates } from "../profile/workers";
import { timedRun, type Setting } from "./engine";
import { glanceBesideForward } from "./forward";
import { paperInPyTorch } from "./paper";
import { timeToPenalty } from "./penalty";
import { tableOf, type Bench } from "./table";

const root = resolve(import.meta.dirname, "../..");
const folders = { zoo: join(root, "public/zoo"), data: join(root, "public/data") };
const options = readFlags(
  z.strictObject({
    python: z.string(),
    taps: textList.pipe(z.array(wholeNumber).min(1)),
    epochs: positiveNumber,
    "train-images": wholeNumber.pipe(trainImagesSchema),
    "test-images": wholeNumber.pipe(testImagesSchema),
    rounds: positiveNumber,
    workers: positiveNumber,
    out: z.string(),
  }),
  {
    python: "python3",
    taps: "0,2,5,8",
    epochs: "30",
    "train-images": "10000",
    "test-images": "10000",
    rounds: "5",
    workers: "2",
    out: join(root, "bench/results/bench.json"),
  },
  process.argv.slice(2),
);
const { python, epochs, rounds, workers } = options;
const trainImages = options["train-images"];
const testImages = options["test-images"];

const zoo = await readZoo(folders);
const model = (id: string) => resolveModel(id, zoo, folders, root);
const models = { top: await model("resnet18-w16-s0"), bottom: await model("resnet18-w16-s1") };
const data = await readJson(join(folders.data, "manifest.json"), dataManifestSchema);
const setting: Setting = { models, data, dataFolder: `${folders.data}/`, workers };
const taps = tapsOf(models.top.architecture).map(({ index }) => index);

const bench: Bench = {
  cpu: cpus()[0]?.model ?? "unknown",
  node: process.version,
  ...{ workers, epochs, trainImages, testImages },
  papers: [],
  penalties: [],
  sweeps: [],
  glance: null,
};
async function note(): Promise<void> {
  await mkdir(dirname(options.out), { recursive: true });
  await writeFile(options.out, `${JSON.stringify(bench, null, 2)}\n`);
}
const sizes = [2_000, trainImages].filter((images) => images <= trainImages);

for (const tap of taps) {
  const passes = options.taps.includes(tap) ? epochs : 1;
  const asked = { ...options, epochs: passes, taps: [tap], seed: 0, threads: workers };
  const job = jobOf(asked, models.top, models.bottom);
  const paper = await paperInPyTorch(job, python, root);
  bench.papers.push(paper);
  await note();
  if (passes < epochs) continue;
  for (const size of sizes) {
    bench.penalties.push(await timeToPenalty(paper, size, testImages, setting));
    await note();
  }
}
for (const images of sizes) {
  const spec = {
    ...defaultSpec(models.top.id, models.bottom.id, "quick"),
    ...{ trainImages: images, testImages },
  };
  const { seconds, leastSquaresSeconds, peakMegabytes, report } = await timedRun(spec, setting);
  bench.sweeps.push({
    trainImages: images,
    ...{ seconds, leastSquaresSeconds, peakMegabytes },
    penalties: report.taps.map(({ penalty }) => penalty),
  });
  await note();
}
const forward = await wasmRates(workers, [null], root);
const rates: number[] = [];
for (let round = 0; round < rounds + 2; round++) rates.push(await forward.imagesPerSecond(0));
await forward.end();
const rate = rates.slice(2).sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? NaN;
bench.glance = await glanceBesideForward(trainImages / 2, testImages, rate, setting);
await note();
console.log(tableOf(bench));
