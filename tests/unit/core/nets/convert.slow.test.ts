/**
 * Checkpoints that `python3 -m zoo.convert` makes into safetensors, from pickles to what the page
 * reads. Skipped where Python has no PyTorch and torchvision.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readNetworkFile } from "../../../../src/core/nets/network-file";
import { hasHead } from "../../../../src/core/nets/architecture";

const root = resolve(import.meta.dirname, "../../../..");
const folder = mkdtempSync(join(tmpdir(), "stitch-lab-convert-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const run = (python: string, ...options: string[]) =>
  spawnSync(python, options, {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, CONVERTED: folder, PYTHONDONTWRITEBYTECODE: "1" },
  });

/** The system's has PyTorch from a package, which another first in the path does not see. */
const python = ["python3", "/usr/bin/python3"].find(
  (name) => run(name, "-c", "import torch, torchvision").status === 0,
);
if (!python) console.warn("python3 has no PyTorch and torchvision: zoo.convert is not tested");

describe.skipIf(!python)("a converted checkpoint", () => {
  beforeAll(() => {
    const { status, stderr } = run(python ?? "python3", "-m", "unittest", "zoo.test_convert");
    expect(status, stderr).toBe(0);
  });

  const resnet = { family: "resnet", blocks: [1, 1, 1, 1], width: 2, expansion: 4 } as const;
  const input = (height: number, width: number) => ({ height, width, channels: 3 as const });
  test.each([
    { name: "plain", expected: { ...resnet, stem: "imagenet", input: input(224, 224) } },
    { name: "wrapped", expected: { ...resnet, stem: "imagenet", input: input(224, 224) } },
    { name: "half", expected: { ...resnet, stem: "imagenet", input: input(224, 224) } },
    { name: "joined", expected: { ...resnet, stem: "imagenet", input: input(64, 48) } },
    {
      name: "vit-joined",
      expected: {
        ...{ family: "vit", dim: 16, depth: 1, heads: 2, patch: 8 },
        ...{ pool: "mean", input: input(24, 24) },
      },
    },
    { name: "vit", expected: { family: "vit", dim: 16, depth: 2, heads: 2, patch: 8 } },
  ])("$name is read", ({ name, expected }) => {
    expect(read(name).architecture).toEqual(expected);
  });

  test.each(["swav", "dino", "moco", "vit-trunk"])(
    "%s is read as a trunk without a head",
    (name) => {
      expect(hasHead(read(name).architecture)).toBe(false);
    },
  );
});

function read(name: string): ReturnType<typeof readNetworkFile> {
  return readNetworkFile(new Uint8Array(readFileSync(join(folder, `${name}.safetensors`))), name);
}
