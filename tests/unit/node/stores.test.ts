import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { diskStore } from "../../../src/node/stores";
import type { TaskResult } from "../../../src/engine/kinds/registry";

const key = "0".repeat(64);
const result: TaskResult = { type: "baseline", wrong: Uint8Array.of(0, 1, 1, 0) };
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "disk-store-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("stored records survive the process", async () => {
  await (await diskStore(folder)).store.put(key, result);
  expect(await (await diskStore(folder)).store.get(key)).toEqual(result);
  expect(await readdir(join(folder, "results"))).toEqual([key]);
});

test("records never stored, or deleted, are absent", async () => {
  const { store, checkpoints } = await diskStore(folder);
  expect(await store.get(key)).toBeUndefined();
  await checkpoints.put(key, {
    type: "scoring",
    scored: { scored: 2, wrong: Uint8Array.of(0, 1) },
  });
  await checkpoints.delete(key);
  expect(await checkpoints.get(key)).toBeUndefined();
});

test("a damaged record counts as absent and is removed", async () => {
  const { store } = await diskStore(folder);
  await store.put(key, result);
  const path = join(folder, "results", key);
  const bytes = await readFile(path);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  await writeFile(path, bytes);
  expect(await store.get(key)).toBeUndefined();
  expect(await readdir(join(folder, "results"))).toEqual([]);
});

test("an error names a folder that cannot be created", async () => {
  const file = join(folder, "file");
  await writeFile(file, "");
  await expect(diskStore(file)).rejects.toMatchObject({ code: "storage", found: file });
});
