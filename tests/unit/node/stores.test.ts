import { mkdir, mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sha256Hex } from "../../../src/core/weights/hash";
import { diskStore } from "../../../src/node/stores";
import { encoded } from "../../../src/storage/codec";
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

test("a record of the first format, sealed without its key, is still read", async () => {
  const { store } = await diskStore(folder);
  const bytes = encoded(result);
  const file = Buffer.concat([Buffer.from(sha256Hex(bytes)), bytes]);
  await writeFile(join(folder, "results", key), file);
  expect(await store.get(key)).toEqual(result);
});

test("a record under another key's name counts as absent", async () => {
  const { store } = await diskStore(folder);
  const other = "1".repeat(64);
  await store.put(key, result);
  await rename(join(folder, "results", key), join(folder, "results", other));
  expect(await store.get(other)).toBeUndefined();
  expect(await readdir(join(folder, "results"))).toEqual([]);
});

test("a correctly sealed record that cannot be decoded counts as absent", async () => {
  const { store } = await diskStore(folder);
  const bytes = Uint8Array.of(99, 1, 2, 3);
  const file = Buffer.concat([Buffer.from(sha256Hex(bytes)), bytes]);
  await writeFile(join(folder, "results", key), file);
  expect(await store.get(key)).toBeUndefined();
});

test("a record that cannot be read is reported once and counts as absent", async () => {
  const lines: string[] = [];
  const { store } = await diskStore(folder, (line) => lines.push(line));
  await mkdir(join(folder, "results", key));
  expect(await store.get(key)).toBeUndefined();
  await store.put(key, result);
  expect(lines).toEqual([expect.stringContaining("could not read a record")]);
});

test("a result that cannot be kept is reported once, and nothing rejects", async () => {
  const lines: string[] = [];
  const { store, checkpoints } = await diskStore(folder, (line) => lines.push(line));
  await rm(join(folder, "results"), { recursive: true });
  await rm(join(folder, "checkpoints"), { recursive: true });
  await store.put(key, result);
  await store.put(key, result);
  await checkpoints.delete(key);
  expect(lines).toEqual([expect.stringContaining("could not keep results")]);
  expect(await store.get(key)).toBeUndefined();
});

test("partial files of ended processes are removed, and those of running ones stay", async () => {
  const results = join(folder, "results");
  await diskStore(folder);
  // No process has this number: it is above every system's limit.
  const ended = `${key}.999999999.0`;
  const running = `${key}.${process.pid}.0`;
  const anHourAgo = new Date(Date.now() - 3_600_000);
  for (const name of [ended, running]) {
    await writeFile(join(results, name), "part");
    await utimes(join(results, name), anHourAgo, anHourAgo);
  }
  await diskStore(folder);
  expect(await readdir(results)).toEqual([running]);
});

test("a folder that cannot be made is refused, even where the system never says so", async () => {
  const impossible = process.platform === "linux" ? "/proc/none/store" : join(folder, "a\0b");
  await expect(diskStore(impossible)).rejects.toMatchObject({ code: "storage" });
});

test("several processes may open a folder and sweep it at once, without a warning", async () => {
  const results = join(folder, "results");
  await diskStore(folder);
  const anHourAgo = new Date(Date.now() - 3_600_000);
  for (let write = 0; write < 400; write++) {
    const path = join(results, `${key}.999999999.${write}`);
    await writeFile(path, "part");
    await utimes(path, anHourAgo, anHourAgo);
  }
  const lines: string[] = [];
  await Promise.all([1, 2, 3, 4].map(() => diskStore(folder, (line) => lines.push(line))));
  expect(lines).toEqual([]);
  expect(await readdir(results)).toEqual([]);
});
