/** Fitting a head to a trunk as a worker does, on images whose classes are plain to see. */
import { beforeAll, expect, test } from "vitest";
import { imageSet } from "../../../../src/core/data/image-set";
import type { Architecture } from "../../../../src/core/nets/architecture-schema";
import { builtNetwork, readNetworkFile } from "../../../../src/core/nets/network-file";
import { scoreNetwork } from "../../../../src/core/scoring/score";
import { tf } from "../../../../src/core/tensor/tf";
import { sha256Hex } from "../../../../src/core/weights/hash";
import { metadataOf } from "../../../../src/core/weights/safetensors";
import type { FittedHead, HeadRequest } from "../../../../src/engine/linear-head";
import { userModelRef } from "../../../../src/engine/user-model";
import { fitHeadTo } from "../../../../src/engine/worker/fit-head";
import { useBackend } from "../../backend";
import { networkFile, randomState } from "../../core/weights/network-files";
import { plantedData } from "../planted-data";

beforeAll(() => useBackend("wasm"));

const { manifest, files } = plantedData();
const assets = {
  read: ({ path }: { readonly path: string }) =>
    Promise.resolve(files.get(path.replace("data/", "")) ?? new Uint8Array()),
};
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
): Promise<{ readonly bytes: Uint8Array; readonly head: FittedHead | undefined }> {
  let fraction = 0;
  for await (const event of fitHeadTo(asked, assets)) {
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

test.each([
  [
    "a network that has a head",
    { trunk: { name: "whole", bytes: networkFile(randomState(small)) } },
    { code: "bad-file", input: "whole", expected: "a trunk without a head" },
  ],
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
