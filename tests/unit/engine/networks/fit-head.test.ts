/** Fitting a head to a network as a worker does, on images whose classes are plain to see. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { imageSet, type ImageSet } from "../../../../src/core/data/image-set";
import { featuresOf, usualBatch } from "../../../../src/core/linear-head/features";
import { fitLogistic } from "../../../../src/core/linear-head/logistic";
import { inputOf } from "../../../../src/core/nets/architecture";
import type { Architecture } from "../../../../src/core/nets/architecture-schema";
import { builtNetwork, readNetworkFile } from "../../../../src/core/nets/network-file";
import { networkMetadata, networkWithoutHead } from "../../../../src/core/nets/without-head";
import { scoreNetwork } from "../../../../src/core/scoring/score";
import type { LinearParameters } from "../../../../src/core/tensor/linear";
import { tf } from "../../../../src/core/tensor/tf";
import { sha256Hex } from "../../../../src/core/weights/hash";
import { metadataOf, parseSafetensors } from "../../../../src/core/weights/safetensors";
import type { AssetSource } from "../../../../src/engine/assets";
import type { FittedHead, HeadRequest } from "../../../../src/engine/linear-head";
import { userModelRef } from "../../../../src/engine/user-model";
import { fitHeadTo } from "../../../../src/engine/worker/fit-head";
import { useBackend } from "../../backend";
import { fixturesFolder } from "../../fixtures";
import { networkFile, randomState } from "../../core/weights/network-files";
import { plantedData, type PlantedData } from "../planted-data";

beforeAll(() => useBackend("wasm"));

const nothing = new Uint8Array();
const { manifest, files } = plantedData();
const assets = assetsOf(files);

function assetsOf(shards: PlantedData["files"]): AssetSource {
  return { read: ({ path }) => Promise.resolve(shards.get(path.replace("data/", "")) ?? nothing) };
}

const small: Architecture = { family: "resnet", blocks: [1, 1, 1], width: 4 };
const trunkState = new Map([...randomState(small)].filter(([key]) => !key.startsWith("fc.")));
const trunk = { name: "trunk.safetensors", bytes: networkFile(trunkState) };

function request(changes: Partial<HeadRequest> = {}): HeadRequest {
  return {
    backend: "wasm",
    trunk,
    trunkSha256: sha256Hex(trunk.bytes),
    dataRef: "planted",
    data: manifest,
    dataFolder: "data/",
    ...changes,
  };
}

async function fitted(
  asked: HeadRequest,
  from = assets,
): Promise<{ readonly bytes: Uint8Array; readonly head: FittedHead | undefined }> {
  let fraction = 0;
  for await (const event of fitHeadTo(asked, from)) {
    if (event.type === "joined") {
      const { bytes, network } = event.file;
      expect(network.sha256).toBe(sha256Hex(bytes));
      expect(userModelRef(network)).toBe(`sha256:${asked.trunkSha256}:linear:planted`);
      const head = network.joined?.head;
      return { bytes, head: head?.type === "fitted" ? head : undefined };
    }
    expect(event.fraction).toBeGreaterThanOrEqual(fraction);
    ({ fraction } = event);
  }
  throw new Error("the fit ended without a head");
}

test("trunk and head become a network with the accuracy that the fit states", async () => {
  const before = tf.memory().numTensors;
  const { bytes, head } = await fitted(request());
  expect(tf.memory().numTensors).toBe(before);
  expect(head).toMatchObject({ type: "fitted", data: "planted", trainImages: 120, testImages: 60 });
  expect(head?.testError).toBeLessThan(0.1);
  expect(JSON.parse(metadataOf(bytes, "joined").get("head") ?? "")).toEqual(head);

  const network = builtNetwork(readNetworkFile(bytes, "joined"));
  const parts = manifest.test.map((entry) => ({ entry, bytes: files.get(entry.file) ?? bytes }));
  const images = imageSet(manifest, parts, 60);
  let wrong: ArrayLike<number> = [];
  for await (const event of scoreNetwork(network, images, 32)) wrong = event.wrong[0] ?? [];
  network.dispose();
  const errors = Array.from(wrong).reduce((sum, flag) => sum + flag, 0);
  expect(errors / 60).toBeCloseTo(head?.testError ?? NaN, 12);
});

test("the same trunk and images give the same bytes", async () => {
  const [first, second] = [await fitted(request()), await fitted(request())];
  expect(sha256Hex(first.bytes)).toBe(sha256Hex(second.bytes));
});

test("a network that has a head gets the one that its trunk would get", async () => {
  const whole = { name: "trunk.safetensors", bytes: networkFile(randomState(small)) };
  const [replaced, added] = [await fitted(request({ trunk: whole })), await fitted(request())];
  expect(replaced.head).toEqual(added.head);
  expect([...parseSafetensors(replaced.bytes, "whole")]).toEqual([
    ...parseSafetensors(added.bytes, "trunk"),
  ]);
});

test("the head is the logistic regression on what the network’s own last layer reads", async () => {
  const name = "mobilenet_v2";
  const file = { name, bytes: readFileSync(join(fixturesFolder, "onnx", `${name}.onnx`)) };
  const { architecture } = readNetworkFile(file.bytes, name);
  const { manifest: data, files: shards } = plantedData(inputOf(architecture).height);
  const { bytes, head } = await fitted(request({ trunk: file, data }), assetsOf(shards));
  expect(head?.testError).toBeLessThan(0.1);

  const network = networkWithoutHead(file);
  const parts = data.train.map((entry) => ({ entry, bytes: shards.get(entry.file) ?? nothing }));
  const images = imageSet(data, parts, 120);
  const rows = new Float32Array(120 * network.width);
  let done = 0;
  const all = { count: 120, parts: () => onePart(images) };
  for await (const part of featuresOf(network, all, 120, usualBatch)) {
    rows.set(part.rows, done * network.width);
    done += part.labels.length;
  }
  let own: LinearParameters = { weight: new Float32Array(), bias: new Float32Array() };
  for await (const { fitted } of fitLogistic({ rows, labels: images.labels }, 3)) {
    if (fitted) own = fitted;
  }
  const expected = network.withHead(own, networkMetadata({ name, bytes }));
  expect(sha256Hex(bytes)).toBe(sha256Hex(expected));
  network.dispose();
});

// eslint-disable-next-line @typescript-eslint/require-await
async function* onePart(images: ImageSet): AsyncGenerator<ImageSet> {
  yield images;
}

test.each([
  [
    "images without classes",
    { data: { ...manifest, classes: { names: [], groupings: [] } } },
    { code: "bad-input", input: trunk.name, found: "Brightness, which has none" },
  ],
  [
    "images of another size",
    { data: { ...manifest, height: 28, width: 28 } },
    { code: "bad-input", input: trunk.name, found: "one for 32 × 32 pixels in 3 channels" },
  ],
])("%s are refused", async (_, changes, error) => {
  await expect(fitted(request(changes))).rejects.toMatchObject(error);
});
