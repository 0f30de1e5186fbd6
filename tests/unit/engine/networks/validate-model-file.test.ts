import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { Architecture } from "../../../../src/core/nets/architecture-schema";
import { tf } from "../../../../src/core/tensor/tf";
import { sha256Hex } from "../../../../src/core/weights/hash";
import { userModelRef } from "../../../../src/engine/user-model";
import { parseSafetensors } from "../../../../src/core/weights/safetensors";
import { writeSafetensors } from "../../../../src/core/weights/write-safetensors";
import { zooManifestSchema } from "../../../../src/core/nets/zoo-manifest";
import { joinFiles, validateModelFile } from "../../../../src/engine/worker/validate-model-file";
import { useBackend } from "../../backend";
import { tinyFolder } from "../../fixtures";
import { networkFile, randomState, scaled } from "../../core/weights/network-files";

beforeAll(() => useBackend("cpu"));

const manifest = readFileSync(resolve(tinyFolder, "manifest.json"), "utf8");
/** As Python wrote and hashed it. */
const [tiny] = zooManifestSchema.parse(JSON.parse(manifest)).models;
const bytes = new Uint8Array(readFileSync(resolve(tinyFolder, "tiny-a.safetensors")));
const name = "my network.safetensors";

test("a network is identified by hash and architecture, and leaves no tensor behind", async () => {
  const before = tf.memory().numTensors;
  expect(await validateModelFile({ name, bytes, wanted: [] })).toEqual({
    sha256: tiny?.sha256,
    name,
    sizeBytes: tiny?.sizeBytes,
    architecture: tiny?.architecture,
    contents: { parameters: 19_902, operators: [] },
  });
  expect(tf.memory().numTensors).toBe(before);
});

test("a trunk alone becomes a network without a head, named by its file", async () => {
  const state = [...parseSafetensors(bytes, name)].filter(([key]) => !key.startsWith("fc."));
  const trunk = { name: "trunk.safetensors", bytes: writeSafetensors(new Map(state), new Map()) };
  const before = tf.memory().numTensors;
  const { network, bytes: kept } = await joinFiles(trunk, null);
  expect(kept).toBe(trunk.bytes);
  expect(network).toMatchObject({
    sha256: sha256Hex(trunk.bytes),
    architecture: { ...tiny?.architecture, head: "none" },
  });
  // The last layer has 32 × 10 weights and 10 biases.
  expect(network.contents?.parameters).toBe(19_902 - 330);
  expect(userModelRef(network)).toBe(`sha256:${network.sha256}`);
  expect(tf.memory().numTensors).toBe(before);
});

test("the requested file is accepted; any other is refused with the start of both hashes", async () => {
  const sha256 = tiny?.sha256 ?? "";
  const requested = await validateModelFile({ name, bytes, wanted: ["f".repeat(64), sha256] });
  expect(requested).toMatchObject({ sha256 });
  await expect(validateModelFile({ name, bytes, wanted: ["f".repeat(64)] })).rejects.toThrow(
    expect.objectContaining({
      name: "LabError",
      code: "hash-mismatch",
      input: name,
      expected: "a file whose SHA-256 begins with ffffffffffff",
      found: `one that begins with ${sha256.slice(0, 12)}`,
    }),
  );
});

test("the first tensor that does not fit is named, with what was expected and found", async () => {
  // The same number of bytes, so that the file itself stays sound.
  const text = Buffer.from(bytes).toString("latin1");
  const changed = text.replace(
    '"layer2.0.conv1.weight":{"dtype":"F16","shape":[8,4,3,3]',
    '"layer2.0.conv1.weight":{"dtype":"F16","shape":[4,8,3,3]',
  );
  expect(changed).not.toBe(text);
  await expect(
    validateModelFile({ name, bytes: new Uint8Array(Buffer.from(changed, "latin1")), wanted: [] }),
  ).rejects.toThrow(
    expect.objectContaining({
      name: "LabError",
      code: "bad-shape",
      input: "layer2.0.conv1.weight",
      expected: "[8,4,3,3]",
      found: "[4,8,3,3]",
    }),
  );
});

const myrtle = { family: "myrtle", width: 4 } as const;

test("a network whose finite weights overflow is refused by the file's name", async () => {
  const before = tf.memory().numTensors;
  const overflowing = scaled(randomState(myrtle), /^conv[234]\.weight$/, 1e15);
  await expect(
    validateModelFile({ name, bytes: networkFile(overflowing), wanted: [] }),
  ).rejects.toMatchObject({
    name: "LabError",
    code: "bad-file",
    input: name,
    expected: "a network whose numbers stay finite",
  });
  expect(tf.memory().numTensors).toBe(before);
});

test("a network with large but finite numbers is accepted", async () => {
  const large = scaled(randomState(myrtle), /^conv[234]\.weight$/, 1e5);
  const network = await validateModelFile({ name, bytes: networkFile(large), wanted: [] });
  expect(network).toMatchObject({ architecture: myrtle });
});

test("a trunk and a head are told apart from networks, and joined to one", async () => {
  const small: Architecture = { family: "resnet", blocks: [1, 1, 1], width: 4, classes: 5 };
  const entries = [...randomState(small)];
  const isHead = ([key]: readonly [string, unknown]): boolean => key.startsWith("fc.");
  const whole = networkFile(new Map(entries));
  const trunk = { name: "trunk", bytes: networkFile(new Map(entries.filter((e) => !isHead(e)))) };
  const head = { name: "head", bytes: networkFile(new Map(entries.filter(isHead))) };
  expect(await validateModelFile({ ...trunk, wanted: [] })).toMatchObject({
    part: "trunk",
    name: "trunk",
    features: 16,
  });
  expect(await validateModelFile({ ...head, wanted: [] })).toMatchObject({
    part: "head",
    features: 16,
    classes: 5,
  });
  const before = tf.memory().numTensors;
  const joined = await joinFiles(trunk, head);
  expect(tf.memory().numTensors).toBe(before);
  expect(Buffer.from(joined.bytes).equals(Buffer.from(whole))).toBe(true);
  expect(joined.network).toMatchObject({ name: "trunk + head", architecture: small });
  expect(userModelRef(joined.network)).toBe(
    `sha256:${sha256Hex(trunk.bytes)}:head:${sha256Hex(head.bytes)}`,
  );
});
