/** Networks that the command line is asked for: what becomes of a trunk without a head, by its role. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { networkAsked, type NetworkPlaces } from "../../../src/cli/networks";
import { hasHead } from "../../../src/core/nets/architecture";
import { parseSafetensors } from "../../../src/core/weights/safetensors";
import { writeSafetensors } from "../../../src/core/weights/write-safetensors";
import { tinyFolder } from "../fixtures";

const folder = mkdtempSync(join(tmpdir(), "stitch-lab-"));
const whole = new Uint8Array(readFileSync(join(tinyFolder, "tiny-a.safetensors")));
const isHead = ([key]: readonly [string, unknown]): boolean => key.startsWith("fc.");
const state = [...parseSafetensors(whole, "tiny-a")];
writeFileSync(
  join(folder, "trunk.safetensors"),
  writeSafetensors(new Map(state.filter((each) => !isHead(each))), new Map()),
);
writeFileSync(
  join(folder, "head.safetensors"),
  writeSafetensors(new Map(state.filter(isHead)), new Map()),
);

const noData = (): Promise<never> => Promise.reject(new Error("a head would be fitted"));
const places: NetworkPlaces = {
  zoo: { version: 1, models: [] },
  folders: { zoo: folder, data: folder },
  heads: join(folder, "heads"),
  copies: join(folder, "onnx"),
  from: folder,
  trained: folder,
  checkpoints: undefined,
  data: noData,
  dataOf: noData,
  backend: "cpu",
  workers: 1,
};

test("as a bottom it is used as it is", async () => {
  const { id, sha256, architecture } = await networkAsked(
    "trunk.safetensors",
    "bottom",
    undefined,
    places,
  );
  expect(id).toBe(`sha256:${sha256}`);
  expect(hasHead(architecture)).toBe(false);
});

test("as a bottom with a head's file it is joined to it", async () => {
  const found = await networkAsked("trunk.safetensors", "bottom", "head.safetensors", places);
  expect(hasHead(found.architecture)).toBe(true);
  expect(found.id).toMatch(/:head:/);
});

test.each([
  ["top", undefined],
  ["top", "fit"],
  ["bottom", "fit"],
] as const)("as a %s with the head %s it gets a fitted one", async (role, head) => {
  await expect(networkAsked("trunk.safetensors", role, head, places)).rejects.toThrow(
    "a head would be fitted",
  );
});
