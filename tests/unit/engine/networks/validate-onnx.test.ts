/** ONNX files that a visitor gives: weights in files given with them, sizes and layers that are asked for. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { inputOf } from "../../../../src/core/nets/architecture";
import { readNetworkFile } from "../../../../src/core/nets/network-file";
import { tapsOf } from "../../../../src/core/nets/taps";
import type { Reading } from "../../../../src/core/onnx/reading";
import { sha256Hex } from "../../../../src/core/weights/hash";
import { userModelRef, type JoinedFile, type UserModel } from "../../../../src/engine/user-model";
import {
  validateModelFile,
  type ModelFileCandidate,
} from "../../../../src/engine/worker/validate-model-file";
import { useBackend } from "../../backend";
import { externalised, smallOpenNetwork } from "../../core/onnx/written-onnx";
import { fixturesFolder } from "../../fixtures";

beforeAll(() => useBackend("cpu"));

const resnet = new Uint8Array(readFileSync(join(fixturesFolder, "onnx/resnet18.onnx")));
const name = "net.onnx";
const { onnx, data } = externalised(resnet, "weights/net.onnx.data");

function beside(file: string, bytes: Uint8Array): NonNullable<ModelFileCandidate["beside"]>[0] {
  return new File([new Uint8Array(bytes)], file);
}

async function validated(
  bytes: Uint8Array,
  rest: Partial<ModelFileCandidate> = {},
): Promise<{ network: UserModel; bytes: Uint8Array }> {
  const found = await validateModelFile({ name, bytes, wanted: [], ...rest });
  if ("part" in found) throw new Error("a part");
  const joined = (file: UserModel | JoinedFile): file is JoinedFile => "bytes" in file;
  return joined(found) ? found : { network: found, bytes };
}

test("a network and the file of its weights become one file, which stands alone", async () => {
  const { network, bytes } = await validated(onnx, { beside: [beside("net.onnx.data", data)] });
  expect(network).toMatchObject({
    name,
    sha256: sha256Hex(bytes),
    sizeBytes: bytes.byteLength,
    weightFiles: ["net.onnx.data"],
  });
  expect(userModelRef(network)).toBe(`sha256:${network.sha256}`);
  expect(network.architecture).toEqual(readNetworkFile(resnet, name).architecture);
  const again = await validated(bytes);
  expect(again.network).toMatchObject({ sha256: network.sha256, contents: network.contents });
  // An address names it by that hash: both files again are the one that is asked for.
  const asked = { wanted: [network.sha256], beside: [beside("net.onnx.data", data)] };
  expect((await validated(onnx, asked)).network).toEqual(network);
});

test("other weights are another network, and not the one asked for", async () => {
  const other = data.map((byte, at) => (at === 0 ? byte ^ 1 : byte));
  const { network } = await validated(onnx, { beside: [beside("net.onnx.data", data)] });
  await expect(
    validated(onnx, { wanted: [network.sha256], beside: [beside("net.onnx.data", other)] }),
  ).rejects.toMatchObject({ code: "hash-mismatch", input: name });
});

test("without its weights it is refused by their file's name, before anything else", async () => {
  await expect(validated(onnx, { beside: [beside("other.data", data)] })).rejects.toMatchObject({
    code: "bad-file",
    expected: "the file weights/net.onnx.data, given together with the network",
  });
});

test("a file of weights that is too large is refused by its size, not read", async () => {
  const large = {
    name: "net.onnx.data",
    size: 500_000_001,
    arrayBuffer: () => Promise.reject(new Error("it was read")),
  };
  await expect(validated(onnx, { beside: [large] })).rejects.toMatchObject({
    code: "bad-file",
    input: "net.onnx.data",
    expected: "at most 500,000,000 bytes",
  });
});

const small = smallOpenNetwork();
const of = (reading: Reading): ReadonlyMap<string, Reading> => new Map([["", reading]]);

test.each<[Partial<ModelFileCandidate>, string, number]>([
  [{}, "", 32],
  [{ side: 28 }, ":side=28", 28],
  [{ side: 28, readings: of({ side: 48 }) }, ":side=48", 48],
  [{ side: 28, readings: of({}) }, "", 32],
  [{ side: 28, readings: new Map([[sha256Hex(small), { side: 64 }]]) }, ":side=64", 64],
  [{ readings: of({ taps: "all" }) }, ":taps=all", 32],
])(
  "an open size follows what is asked for, else the images at hand: %#",
  async (rest, text, side) => {
    const { network, bytes } = await validated(small, rest);
    expect(userModelRef(network)).toBe(`sha256:${sha256Hex(small)}${text}`);
    expect(network.name).toBe(`${name}${text}`);
    expect(inputOf(network.architecture)).toEqual({ height: side, width: side, channels: 3 });
    expect(network.contents?.isSizeOpen).toBe(true);
    // What is kept says all of it.
    expect(network.sha256).toBe(sha256Hex(bytes));
    expect(readNetworkFile(bytes, name).architecture).toEqual(network.architecture);
  },
);

test("all layers on request, with the number of them known before", async () => {
  const usual = (await validated(resnet)).network;
  const all = (await validated(resnet, { readings: of({ taps: "all" }) })).network;
  const taps = tapsOf(all.architecture);
  expect(taps.length).toBe(usual.contents?.allTaps);
  expect(taps.length).toBeGreaterThan(tapsOf(usual.architecture).length);
  expect(all.sha256).not.toBe(usual.sha256);
});

test("a size for a file that fixes it is refused", async () => {
  await expect(validated(resnet, { readings: of({ side: 64 }) })).rejects.toMatchObject({
    code: "bad-file",
    found: "a fixed size",
  });
});
