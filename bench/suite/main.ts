/**
 * The benchmarks: ours on wasm and PyTorch's on as many threads, turn by turn in one run.
 *
 *     npm run bench [-- --python python3 --taps 0,2,5,8 --epochs 30 --rounds 5]
 *
 * `--taps` are those where PyTorch trains all `--epochs` of the paper's protocol; at the others it trains one, for
 * the time of an epoch. Everything: `--taps 0,1,2,3,4,5,6,7,8`, about 40 minutes on two cores. A trial in a minute or
 * two: `--taps 8 --epochs 1 --train-images 512 --test-images 500 --rounds 1`. Writes bench/results/bench.json after
 * every measurement. Targets are printed, not asserted.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { dataManifestSchema } from "../../src/core/data/manifest";
import { readZoo, resolveModel } from "../../src/cli/models";
import { readJson } from "../../src/cli/read-json";
import { tapsOf } from "../../src/core/nets/architecture";
import { defaultSpec } from "../../src/experiment/spec";
import { jobOf } from "../compare/job";
import { wasmRates } from "../profile/workers";
import { timedRun, type Setting } from "./engine";
import { glanceBesideForward } from "./forward";
import { paperInPyTorch } from "./paper";
import { timeToPenalty } from "./penalty";
import { tableOf, type Bench } from "./table";

const root = resolve(import.meta.dirname, "../..");
const folders = { zoo: join(root, "public/zoo"), data: join(root, "public/data") };
const option = (standard: string) => ({ type: "string", default: standard }) as const;
const { values } = parseArgs({
  options: {
    python: option("python3"),
    taps: option("0,2,5,8"),
    epochs: option("30"),
    "train-images": option("10000"),
    "test-images": option("10000"),
    rounds: option("5"),
    workers: option("2"),
    out: option(join(root, "bench/results/bench.json")),
  },
});
const [epochs, trainImages, testImages, rounds, workers] = [
  values.epochs,
  values["train-images"],
  values["test-images"],
  values.rounds,
  values.workers,
].map(Number) as [number, number, number, number, number];
const trainedTaps = values.taps.split(",").map(Number);

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
  await mkdir(dirname(values.out), { recursive: true });
  await writeFile(values.out, `${JSON.stringify(bench, null, 2)}\n`);
}
const asked = { seed: 0, threads: workers, "train-images": trainImages, "test-images": testImages };
const names = { top: models.top.id, bottom: models.bottom.id, python: values.python, out: "" };

for (const tap of taps) {
  const passes = trainedTaps.includes(tap) ? epochs : 1;
  const options = { ...asked, ...names, epochs: passes, taps: [tap] };
  const paper = await paperInPyTorch(
    jobOf(options, models.top, models.bottom),
    values.python,
    root,
  );
  bench.papers.push(paper);
  await note();
  if (passes < epochs) continue;
  for (const size of [2_000, trainImages].filter((images) => images <= trainImages)) {
    bench.penalties.push(await timeToPenalty(paper, size, testImages, setting));
    await note();
  }
}
for (const images of [2_000, trainImages].filter((size) => size <= trainImages)) {
  const spec = {
    ...defaultSpec(names.top, names.bottom, "quick"),
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
