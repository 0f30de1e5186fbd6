/** A run on images above 32 × 32 pixels, on one worker and on several. */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { ResNetArchitecture } from "../../../../src/core/nets/architecture-schema";
import type { ModelFile } from "../../../../src/engine/messages";
import { dataSetRef } from "../../../../src/experiment/data-sets";
import type { Report } from "../../../../src/experiment/report";
import { defaultSpec, type Spec } from "../../../../src/experiment/spec";
import { run } from "../../../../src/node";
import { writtenImages, writtenNetwork } from "../networks/written-networks";

const side = 64;
const small: ResNetArchitecture = {
  family: "resnet",
  blocks: [1, 1, 1, 1],
  width: 8,
  input: { height: side, width: side, channels: 3 },
};

let folder: string;
let models: ModelFile[];
let spec: Spec;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "number-of-workers-"));
  const manifest = await writtenImages(folder, side, { train: 192, test: 140 });
  models = [await writtenNetwork(folder, small, 1), await writtenNetwork(folder, small, 2)];
  const [top = "", bottom = ""] = models.map(({ id }) => id);
  spec = {
    ...defaultSpec(top, bottom, "quick", dataSetRef(manifest)),
    trainImages: 192,
    testImages: 140,
    sites: [0, 2, 3],
  };
});

async function numbers(workers: number, memoryBytes: number): Promise<Report["curves"]> {
  const { curves } = await run(spec, { models, data: folder, workers, memoryBytes });
  return curves.map((curve) => ({
    ...curve,
    sites: curve.sites.map((site) => ({ ...site, seconds: 0 })),
  })) as unknown as Report["curves"];
}

test("every number is the same to the last bit, on one worker and on four", async () => {
  const one = await numbers(1, 7e8);
  expect(one[0].sites.map(({ site }) => site)).toEqual([0, 2, 3]);
  // Four workers of 175 MB.
  expect(await numbers(4, 7e8)).toEqual(one);
  // More memory is not used for more images at a time either.
  expect(await numbers(2, 6e9)).toEqual(one);
});
