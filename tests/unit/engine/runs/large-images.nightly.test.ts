/** A run on images of ImageNet's size, within two memory budgets. */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ResNetArchitecture } from "../../../../src/core/nets/architecture-schema";
import { dataSetRef } from "../../../../src/experiment/data-sets";
import type { Report } from "../../../../src/experiment/report";
import { defaultSpec } from "../../../../src/experiment/spec";
import { run } from "../../../../src/node";
import { writtenImages, writtenNetwork } from "../networks/written-networks";

const side = 224;
const narrow: ResNetArchitecture = {
  family: "resnet",
  blocks: [1, 1, 1, 1],
  width: 16,
  expansion: 4,
  stem: "imagenet",
  input: { height: side, width: side, channels: 3 },
};

test("a small memory gives the report of a large one, up to rounding", async () => {
  const folder = await mkdtemp(join(tmpdir(), "large-images-"));
  const manifest = await writtenImages(folder, side, { train: 176, test: 20 });
  const models = [await writtenNetwork(folder, narrow, 1), await writtenNetwork(folder, narrow, 2)];
  const [top = "", bottom = ""] = models.map(({ id }) => id);
  const spec = {
    ...defaultSpec(top, bottom, "quick", dataSetRef(manifest)),
    trainImages: 176,
    testImages: 20,
    sites: [1, 3],
  };
  const within = (memoryBytes: number): Promise<Report> =>
    run(spec, { models, data: folder, workers: 1, memoryBytes });
  const [small, large] = [await within(120e6), await within(8e9)];
  expect(small.curves[0].sites).toHaveLength(2);
  small.curves[0].sites.forEach((site, k) => {
    const other = large.curves[0].sites[k];
    expect(site.cka).toBeCloseTo(other?.cka ?? NaN, 4);
    expect(site.leastSquaresR2).toBeCloseTo(other?.leastSquaresR2 ?? NaN, 4);
    // An image or two of 20 may be on the border between two classes.
    expect(Math.abs(site.testError - (other?.testError ?? NaN))).toBeLessThanOrEqual(0.1);
  });
  await expect(within(30e6)).rejects.toThrow(/expected at most \d+ MB of memory for the workers/);
}, 1_200_000);
