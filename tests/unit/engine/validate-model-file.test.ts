import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { tf } from "../../../src/core/tensor/tf";
import { zooManifestSchema } from "../../../src/core/nets/zoo-manifest";
import { validateModelFile } from "../../../src/engine/worker/validate-model-file";
import { useBackend } from "../backend";
import { tinyFolder } from "../fixtures";

beforeAll(() => useBackend("cpu"));

const manifest = readFileSync(resolve(tinyFolder, "manifest.json"), "utf8");
/** As Python wrote and hashed it. */
const [tiny] = zooManifestSchema.parse(JSON.parse(manifest)).models;
const bytes = new Uint8Array(readFileSync(resolve(tinyFolder, "tiny-a.safetensors")));
const name = "my network.safetensors";

test("a network is identified by hash and architecture, and leaves no tensor behind", () => {
  const before = tf.memory().numTensors;
  expect(validateModelFile({ name, bytes, wanted: [] })).toEqual({
    sha256: tiny?.sha256,
    name,
    sizeBytes: tiny?.sizeBytes,
    architecture: tiny?.architecture,
  });
  expect(tf.memory().numTensors).toBe(before);
});

test("the requested file is accepted; any other is refused with the start of both hashes", () => {
  const sha256 = tiny?.sha256 ?? "";
  expect(validateModelFile({ name, bytes, wanted: ["f".repeat(64), sha256] }).sha256).toBe(sha256);
  expect(() => validateModelFile({ name, bytes, wanted: ["f".repeat(64)] })).toThrow(
    expect.objectContaining({
      name: "LabError",
      code: "hash-mismatch",
      input: name,
      expected: "a file whose SHA-256 begins with ffffffffffff",
      found: `one that begins with ${sha256.slice(0, 12)}`,
    }),
  );
});

test("the first tensor that does not fit is named, with what was expected and found", () => {
  // The same number of bytes, so that the file itself stays sound.
  const text = Buffer.from(bytes).toString("latin1");
  const changed = text.replace(
    '"layer2.0.conv1.weight":{"dtype":"F16","shape":[8,4,3,3]',
    '"layer2.0.conv1.weight":{"dtype":"F16","shape":[4,8,3,3]',
  );
  expect(changed).not.toBe(text);
  expect(() =>
    validateModelFile({ name, bytes: new Uint8Array(Buffer.from(changed, "latin1")), wanted: [] }),
  ).toThrow(
    expect.objectContaining({
      name: "LabError",
      code: "bad-shape",
      input: "layer2.0.conv1.weight",
      expected: "[8,4,3,3]",
      found: "[4,8,3,3]",
    }),
  );
});
