/** Networks that the command line is asked for: what becomes of their heads, by their roles. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { networkAsked, type NetworkPlaces } from "../../../src/cli/networks";
import { hasHead } from "../../../src/core/nets/architecture";
import { readNetworkFile } from "../../../src/core/nets/network-file";
import type { ZooManifest } from "../../../src/core/nets/zoo-manifest";
import { sha256Hex } from "../../../src/core/weights/hash";
import { parseSafetensors } from "../../../src/core/weights/safetensors";
import { writeSafetensors } from "../../../src/core/weights/write-safetensors";
import { tinyFolder } from "../fixtures";

const folder = mkdtempSync(join(tmpdir(), "stitch-lab-"));
const whole = new Uint8Array(readFileSync(join(tinyFolder, "tiny-a.safetensors")));
const isHead = ([key]: readonly [string, unknown]): boolean => key.startsWith("fc.");
const state = [...parseSafetensors(whole, "tiny-a")];
writeFileSync(join(folder, "whole.safetensors"), whole);
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

test("a network that has a head keeps it", async () => {
  const { id, sha256 } = await networkAsked("whole.safetensors", "top", undefined, places);
  expect(id).toBe(`sha256:${sha256}`);
});

const wholeHash = sha256Hex(whole);
const inZoo: NetworkPlaces = {
  ...places,
  zoo: {
    version: 1,
    models: [
      {
        id: "tiny-a",
        file: "whole.safetensors",
        sha256: wholeHash,
        sizeBytes: whole.byteLength,
        architecture: readNetworkFile(whole, "whole").architecture,
        testError: 0.5,
        training: { data: "none", seed: 0, epochs: 0 },
      },
    ],
  } as ZooManifest,
};
const refit = `sha256:${wholeHash}:linear:cifar10`;

test.each([
  ["its head’s file is “fit”", "whole.safetensors", "fit", undefined, places],
  ["likewise, in the zoo", "tiny-a", "fit", undefined, inZoo],
  ["an address names it with a fitted head", "whole.safetensors", undefined, refit, places],
  ["likewise, and it is in the zoo", refit, undefined, undefined, inZoo],
] as const)(
  "a network that has a head gets a fitted one where %s",
  async (_, name, head, ref, at) => {
    await expect(networkAsked(name, "top", head, at, ref)).rejects.toThrow(
      "a head would be fitted",
    );
  },
);

test("an address that names another network changes no head", async () => {
  const other = `sha256:${"0".repeat(64)}:linear:cifar10`;
  const found = await networkAsked("whole.safetensors", "top", undefined, places, other);
  expect(found.id).toBe(`sha256:${wholeHash}`);
});
