import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { fileLimitBytes } from "../../../src/core/weights/safetensors";
import { diskLimitBytes, readModel, resolveModel } from "../../../src/node/models";
import { inputOf } from "../../../src/core/nets/architecture";
import { readNetworkFile } from "../../../src/core/nets/network-file";
import { tapsOf } from "../../../src/core/nets/taps";
import type { ModelFile } from "../../../src/engine/messages";
import { fileAssets } from "../../../src/node/files";
import { externalised, smallOpenNetwork } from "../core/onnx/written-onnx";
import { fixturesFolder, tinyFolder } from "../fixtures";

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

test("a file above the limit of the command line, four times the page's, is refused by its size alone", async () => {
  expect(diskLimitBytes).toBe(4 * fileLimitBytes);
  const path = join(folder, "large.safetensors");
  writeFileSync(path, "");
  // A hole: it takes no space on most disks.
  truncateSync(path, diskLimitBytes + 1);
  await expect(readModel(path, "large")).rejects.toMatchObject({
    name: "LabError",
    code: "bad-file",
    input: "large",
    expected: "at most 2,000,000,000 bytes",
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

const resnet = new Uint8Array(readFileSync(join(fixturesFolder, "onnx/resnet18.onnx")));
/** Without a fixed size: images of any side. */
const open = smallOpenNetwork();

/** An empty folder for one test's files and copies. */
function place(name: string): { readonly at: (file: string) => string; readonly copies: string } {
  const own = join(folder, name);
  mkdirSync(join(own, "nets/sub"), { recursive: true });
  return { at: (file) => join(own, "nets", file), copies: join(own, "copies") };
}

function resolved(path: string, copies: string, side?: number): Promise<ModelFile> {
  const places = { zoo: folder, data: folder };
  const options = { copies, side: () => Promise.resolve(side) };
  return resolveModel(path, { version: 1, models: [] }, places, folder, options);
}

test.each(["net.onnx.data", "sub/net.bin"])(
  "weights of an ONNX file are found in %s next to it, and the network is known by both",
  async (location) => {
    const { at, copies } = place(location.replace("/", "-"));
    const { onnx, data } = externalised(resnet, location);
    writeFileSync(at("net.onnx"), onnx);
    await expect(resolved(at("net.onnx"), copies)).rejects.toMatchObject({
      code: "not-found",
      input: at("net.onnx"),
      expected: `its weights in ${location}, next to it`,
    });
    writeFileSync(at(location), data);
    const model = await resolved(at("net.onnx"), copies);
    expect(model.id).toBe(`sha256:${model.sha256}`);
    // The engine reads it as any other file, by its hash.
    const bytes = await fileAssets().read(model);
    expect(readNetworkFile(bytes, "copy").architecture).toEqual(model.architecture);
    expect(model.architecture).toEqual(readNetworkFile(resnet, "whole").architecture);
    writeFileSync(
      at(location),
      data.map((byte) => byte ^ 1),
    );
    expect((await resolved(at("net.onnx"), copies)).id).not.toBe(model.id);
  },
);

test("weights outside of the network's folder are not looked for", async () => {
  const { at, copies } = place("outside");
  const { onnx, data } = externalised(resnet, "../secret");
  writeFileSync(at("net.onnx"), onnx);
  writeFileSync(at("../secret"), data);
  await expect(resolved(at("net.onnx"), copies)).rejects.toMatchObject({
    code: "bad-file",
    expected: "weights in a file in the network’s folder",
    found: "../secret",
  });
});

test("with all its taps a network is another one, cut at more layers", async () => {
  const { at, copies } = place("all");
  writeFileSync(at("net.onnx"), resnet);
  const [usual, all] = [
    await resolved(at("net.onnx"), copies),
    await resolved(`${at("net.onnx")}:taps=all`, copies),
  ];
  expect(usual.path).toBe(at("net.onnx"));
  expect(all.id).toBe(`${usual.id}:taps=all`);
  expect(all.sha256).not.toBe(usual.sha256);
  const taps = ({ architecture }: ModelFile): string[] => tapsOf(architecture).map((t) => t.name);
  expect(taps(all).length).toBeGreaterThan(taps(usual).length);
  // A worker that reads the copy finds the same.
  const bytes = await fileAssets().read(all);
  expect(readNetworkFile(bytes, all.id, all.architecture).architecture).toEqual(all.architecture);
});

test("a network that leaves the size of its images open gets the one that is said, or the data's", async () => {
  const { at, copies } = place("sides");
  writeFileSync(at("net.onnx"), open);
  const side = async (suffix: string, ofData?: number): Promise<readonly [string, number]> => {
    const { id, architecture } = await resolved(`${at("net.onnx")}${suffix}`, copies, ofData);
    return [id.replace(/^sha256:[0-9a-f]{64}/, ""), inputOf(architecture).height];
  };
  expect(await side("")).toEqual(["", 32]);
  expect(await side("", 28)).toEqual([":side=28", 28]);
  expect(await side(":side=48", 28)).toEqual([":side=48", 48]);
  expect(await side(":side=48:taps=all")).toEqual([":side=48:taps=all", 48]);
  expect(await side(":side=32")).toEqual(["", 32]);
});

test("a size for a file that fixes it, and a reading of another kind of file, are refused", async () => {
  const { at, copies } = place("fixed");
  writeFileSync(at("net.onnx"), resnet);
  writeFileSync(at("net.safetensors"), tiny);
  await expect(resolved(`${at("net.onnx")}:side=64`, copies)).rejects.toMatchObject({
    code: "bad-input",
    expected: "no size: the file fixes it",
  });
  await expect(resolved(`${at("net.safetensors")}:taps=all`, copies)).rejects.toMatchObject({
    code: "bad-input",
    expected: "an ONNX file, which alone can be read in several ways",
  });
});
