import { existsSync } from "node:fs";
import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { reportFile } from "../../../src/cli/report-file";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "report-file-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("a folder is refused before the work", async () => {
  await expect(reportFile(folder)).rejects.toThrow(
    `--out ${folder}: expected a writable file, found a folder`,
  );
});

test("a file in a folder that does not exist is refused before the work", async () => {
  const path = join(folder, "none", "report.json");
  await expect(reportFile(path)).rejects.toMatchObject({ code: "storage", input: `--out ${path}` });
});

test("until the report is written nothing changes in the folder", async () => {
  const path = join(folder, "report.json");
  const write = await reportFile(path);
  expect(await readdir(folder)).toEqual([]);
  await write("new");
  expect(await readdir(folder)).toEqual(["report.json"]);
});

test("a report replaces an older one, through a link too", async () => {
  const [path, link] = [join(folder, "report.json"), join(folder, "link.json")];
  await writeFile(path, "older");
  await symlink(path, link);
  const write = await reportFile(link);
  expect(await readFile(path, "utf8")).toBe("older");
  await write("new");
  expect(await readFile(path, "utf8")).toBe("new");
  expect(await readFile(link, "utf8")).toBe("new");
});

test.runIf(existsSync("/dev/full"))("a full device is an error in words", async () => {
  const write = await reportFile("/dev/full");
  await expect(write("text")).rejects.toThrow(/^--out \/dev\/full: .*found ENOSPC/);
});

test("a file in a folder that takes no other is overwritten", async () => {
  // Its name is so long that no partial file fits next to it, which binds every user.
  const path = join(folder, "n".repeat(250));
  await writeFile(path, "older");
  const write = await reportFile(path);
  await write("new");
  expect(await readFile(path, "utf8")).toBe("new");
});

test("a report that is replaced keeps its permissions", async () => {
  const path = join(folder, "report.json");
  await writeFile(path, "older");
  await chmod(path, 0o600);
  await (
    await reportFile(path)
  )("new");
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});
