import { expect, test } from "vitest";
import { cifar10Form } from "../../../../src/core/data/cifar10";
import { dataManifestSchema } from "../../../../src/core/data/manifest";
import { LabError } from "../../../../src/core/errors";
import type { UserDataSet } from "../../../../src/engine/user-data-set";
import { createDataSets } from "../../../../src/lab/engine/data-sets";

const shard = { file: "a.bin", images: 1, sha256: "a".repeat(64) };
const manifest = dataManifestSchema.parse({
  version: 2,
  name: "tiny",
  source: "a test",
  ...cifar10Form,
  imagesPerShard: 1,
  train: [shard],
  test: [shard],
});

/** A page to which no images were given. */
const nothing = {
  list: () => Promise.resolve([]),
  source: ({ manifest: data }: UserDataSet) => ({ data, dataFolder: "own/" }),
};

const offline = new LabError({
  code: "network",
  input: "manifest.json",
  expected: "a server response",
  found: "none",
});

test("each manifest is fetched once, and again after a failure", async () => {
  const asked: string[] = [];
  let works = false;
  const find = createDataSets((path) => {
    asked.push(path);
    return works ? Promise.resolve(manifest) : Promise.reject(offline);
  }, nothing);
  await expect(find(undefined)).rejects.toBe(offline);
  works = true;
  const found = await find(undefined);
  expect(found).toEqual({ data: manifest, dataFolder: "data/" });
  expect(await find(undefined)).toBe(found);
  expect(asked).toEqual(["data/manifest.json", "data/manifest.json"]);
  expect((await find("fashion-mnist")).dataFolder).toBe("data/fashion-mnist/");
});

test("a data set that is not next to the page is said to be absent, by its name", async () => {
  const find = createDataSets(() => Promise.reject(offline), nothing);
  await expect(find("fashion-mnist")).rejects.toThrow(
    "Fashion-MNIST: expected its images in data/fashion-mnist/, next to the page, found none",
  );
  await expect(find(`sha256:${"5".repeat(64)}`)).rejects.toMatchObject({ code: "not-found" });
});

test("the visitor's images are found by their contents, and Fashion-MNIST without the page's", async () => {
  const ref = `sha256:${"6".repeat(64)}`;
  const kept = [ref, "fashion-mnist"].map((name) => ({ ref: name, manifest, stored: true }));
  const find = createDataSets(() => Promise.reject(offline), {
    ...nothing,
    list: () => Promise.resolve(kept),
  });
  for (const name of [ref, "fashion-mnist"]) {
    expect(await find(name)).toEqual({ data: manifest, dataFolder: "own/" });
  }
  await expect(find(`sha256:${"5".repeat(64)}`)).rejects.toMatchObject({ code: "not-found" });
});
