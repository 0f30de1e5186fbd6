import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { fileLimitBytes } from "../../../src/core/weights/safetensors";
import { readModel } from "../../../src/node/models";
import { tinyFolder } from "../fixtures";

const folder = mkdtempSync(join(tmpdir(), "stitch-lab-models-"));
afterAll(() => rmSync(folder, { recursive: true }));

const tiny = readFileSync(resolve(tinyFolder, "tiny-a.safetensors"));

test("a network is identified by its file's hash, and recognised", async () => {
  const path = join(folder, "tiny.safetensors");
  writeFileSync(path, tiny);
  const model = await readModel(path);
  expect(model).toMatchObject({ path, architecture: { family: "resnet", width: 4 } });
  expect(model.id).toBe(`sha256:${model.sha256}`);
});

test("a file above the limit is refused by its size alone", async () => {
  const path = join(folder, "large.safetensors");
  writeFileSync(path, "");
  // A hole: it takes no space on most disks.
  truncateSync(path, fileLimitBytes + 1);
  await expect(readModel(path, "large")).rejects.toMatchObject({
    name: "LabError",
    code: "bad-file",
    input: "large",
    expected: "at most 500,000,000 bytes",
  });
});

test("the first tensor that does not fit is named before anything runs", async () => {
  const path = join(folder, "misfit.safetensors");
  const text = tiny
    .toString("latin1")
    .replace(/("layer2\.0\.conv1\.weight":\{"dtype":"F16","shape":)\[8,4,3,3\]/, "$1[4,8,3,3]");
  writeFileSync(path, text, "latin1");
  await expect(readModel(path)).rejects.toMatchObject({
    name: "LabError",
    code: "bad-shape",
    input: "layer2.0.conv1.weight",
    expected: "[8,4,3,3]",
    found: "[4,8,3,3]",
  });
});

test("a file that is not there is reported as such", async () => {
  await expect(readModel(join(folder, "none"))).rejects.toMatchObject({ code: "not-found" });
});
