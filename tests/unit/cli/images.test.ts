/** The data set of the command line: found by name or path, prepared once. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkImages, specWithData } from "../../../src/cli/images";
import { readOptions } from "../../../src/cli/options";
import { dataSetRef, namedDataSet } from "../../../src/experiment/data-sets";
import { defaultSpec } from "../../../src/experiment/spec";
import { findDataSet, type DataPlaces, type FoundDataSet } from "../../../src/node/data/find";
import { cifar10Form } from "../../../src/core/data/cifar10";
import { catsAndDogs, png } from "../core/data/import/files";

let places: DataPlaces;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "stitch-lab-images-"));
  places = { cache: join(folder, "cache"), from: folder, labFolder: (id) => join(folder, id) };
  for (const [path, bytes] of catsAndDogs) {
    await mkdir(dirname(join(folder, "pets", path)), { recursive: true });
    await writeFile(join(folder, "pets", path), bytes);
  }
});
afterEach(() => rm(folder, { recursive: true }));

/** Returns a data set and how many images were prepared for it. */
async function found(...args: readonly string[]): Promise<FoundDataSet & { prepared: number }> {
  let prepared = 0;
  const { images } = readOptions(args);
  const set = await findDataSet(images.data, places, images, (count) => (prepared = count));
  return { ...set, prepared };
}

test("a folder is prepared once, and again where options or files change", async () => {
  const first = await found("--data", "pets");
  expect(first.ref).toBe(dataSetRef(first.manifest));
  expect(first.prepared).toBe(10);
  expect(first.folder).toBe(join(places.cache, (first.ref ?? "").replace("sha256:", "")));
  const again = await found("--data", "./pets");
  expect(again).toEqual({ ...first, prepared: 0 });
  const grey = await found("--data", "pets", "--grey", "--image-size", "4x3", "--resize", "5");
  expect([grey.manifest.channels, grey.manifest.height, grey.manifest.width]).toEqual([1, 4, 3]);
  const asCifar = await found("--data", "pets", "--normalisation", "cifar10");
  expect(asCifar.manifest.normalisation).toEqual(cifar10Form.normalisation);
  await writeFile(join(folder, "pets/cat/new.png"), png(50));
  const larger = await found("--data", "pets");
  expect(larger.prepared).toBe(11);
  expect(new Set([first, grey, asCifar, larger].map(({ ref }) => ref)).size).toBe(4);
  const kept = await readdir(places.cache);
  expect(kept.filter((name) => !/^[0-9a-f]{64}$/.test(name))).toEqual(["inputs"]);
});

test("a prepared data set is found by its folder and by its contents", async () => {
  const { ref = "", folder: prepared, manifest } = await found("--data", "pets");
  expect(await found("--data", prepared)).toMatchObject({ ref, manifest, folder: prepared });
  expect(await found("--data", ref)).toMatchObject({ ref, manifest, folder: prepared });
});

test.each([
  ["fashion-mnist", "it prepared: npm run data -- fashion-mnist FOLDER"],
  ["nowhere", "a path, cifar10 or fashion-mnist"],
  [`sha256:${"0".repeat(64)}`, "its images in --data PATH, since they were not prepared here"],
])("without %s the error says what to do", async (name, expected) => {
  await expect(found("--data", name)).rejects.toMatchObject({ code: "not-found", expected });
});

test("an interrupted preparation leaves nothing", async () => {
  const signal = { aborted: true };
  await expect(findDataSet("pets", places, { signal })).rejects.toMatchObject({
    code: "cancelled",
  });
  expect(await readdir(places.cache)).toEqual([]);
});

test("a spec takes no more images than there are, and more are refused", async () => {
  const set = await found("--data", "pets");
  const spec = specWithData(defaultSpec("a", "b"), set);
  expect(spec).toMatchObject({ data: set.ref, trainImages: 8, testImages: 2 });
  expect(() => checkImages({ ...spec, testImages: 3 }, set)).toThrow(
    expect.objectContaining({ input: "testImages", found: "3" }),
  );
});

test.each([
  [["--image-size", "0"], "--image-size"],
  [["--image-size", "28x"], "--image-size"],
  [["--resize", "256"], "--resize"],
  [["--normalisation", "0.5"], "--normalisation"],
  [["--normalisation", "0.5,0.5/0.2"], "--normalisation"],
  [["--normalisation", "0.5/0"], "--normalisation"],
])("%j is refused", (args, input) => {
  expect(() => readOptions(args)).toThrow(expect.objectContaining({ code: "bad-input", input }));
});

test("means and deviations are read", () => {
  expect(readOptions(["--normalisation", "0.5/0.25"]).images.normalisation).toEqual([
    { mean: 0.5, deviation: 0.25 },
  ]);
});

test("only the images and labels of a data set of the lab make it that data set", async () => {
  const { manifest } = await found("--data", "pets");
  expect(namedDataSet(manifest)).toEqual({ ref: dataSetRef(manifest), manifest });
});
