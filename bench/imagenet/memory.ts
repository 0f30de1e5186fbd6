/**
 * Runs `glance` on a few images of ImageNet's size, and says how much memory that takes. Sums and
 * weights do not depend on the number of images; the images themselves take 150 kB each.
 *
 *     python3 -m bench.imagenet.inputs FOLDER --images 32
 *     npx tsx bench/imagenet/memory.ts FOLDER [--sites 3,7,13,16]
 */
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { imagesIn } from "../../src/core/data/manifest";
import { dataSetRef } from "../../src/experiment/data-sets";
import { defaultSpec } from "../../src/experiment/spec";
import { readModel, runEvents } from "../../src/node";
import { findDataSet } from "../../src/node/data/find";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sites: { type: "string" } },
});
const [folder = ""] = positionals;
const places = { labFolder: () => "", cache: join(folder, "prepared"), from: resolve(".") };
const fit = { height: 224, width: 224 };
const data = await findDataSet(join(folder, "images"), places, { fit });
const models = await Promise.all(
  [0, 1].map((seed) => readModel(join(folder, `resnet50-${seed}.safetensors`))),
);
const [top = "", bottom = ""] = models.map(({ id }) => id);
const spec = {
  ...defaultSpec(top, bottom, "glance", dataSetRef(data.manifest)),
  trainImages: imagesIn(data.manifest.train),
  testImages: imagesIn(data.manifest.test),
  ...(values.sites && { sites: values.sites.split(",").map(Number) }),
};
const peak = (): string => `${(process.resourceUsage().maxRSS / 1e6).toFixed(2)} GB so far`;
let activity = "";
for await (const event of runEvents(spec, { models, data: data.folder })) {
  if (event.type === "progress" && event.activity !== activity) {
    activity = event.activity;
    console.log(`${activity}: ${peak()}`);
  } else if (event.type === "curve" && event.event.type === "site") {
    console.log(`${event.event.result.name} is measured: ${peak()}`);
  }
}
const { userCPUTime } = process.resourceUsage();
console.log(`${(userCPUTime / 6e7).toFixed(1)} min of processor time, ${peak()}`);
