// Stitches two networks at every layer and prints the penalties: node examples/stitch.mjs
// TOP.safetensors BOTTOM.safetensors
import { defaultSpec } from "stitch-lab";
import { prepareCifar10, readModel, run } from "stitch-lab/node";

const [topPath, bottomPath] = process.argv.slice(2);
if (!topPath || !bottomPath) throw new Error("usage: node examples/stitch.mjs TOP BOTTOM");
const [top, bottom] = [await readModel(topPath), await readModel(bottomPath)];

// Downloads CIFAR-10 (139 MB) into this folder unless it is there.
const data = await prepareCifar10("cifar10", console.error);

// "glance" fits least-squares stitches; "quick" also trains them.
const spec = { ...defaultSpec(top.id, bottom.id, "glance"), trainImages: 1_000, testImages: 500 };
const { curves } = await run(spec, { models: [top, bottom], data });

for (const { name, penalty, penaltyStandardError, cka } of curves[0].sites) {
  const points = `${(100 * penalty).toFixed(1)} ± ${(100 * penaltyStandardError).toFixed(1)}`;
  console.log(`${name}: penalty ${points} points, CKA ${cka?.toFixed(2) ?? "undefined"}`);
}
