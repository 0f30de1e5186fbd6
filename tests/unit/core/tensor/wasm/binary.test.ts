import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { sourceSha256 } from "../../../../../src/core/tensor/wasm/binary";

const root = resolve(import.meta.dirname, "../../../../..");

/**
 * Whether the compiler is the one that made the committed binary; another may order code otherwise.
 */
function hasCompiler(): boolean {
  const { stdout } = spawnSync("clang", ["--version"], { encoding: "utf8" });
  return typeof stdout === "string" && stdout.startsWith("Debian clang version 14.0.6");
}

test("the committed binary was made from the committed sources", () => {
  const folder = join(root, "src/core/tensor/wasm");
  const sources = readdirSync(folder).filter((name) => /\.[ch]$/.test(name));
  const sha256 = createHash("sha256");
  for (const name of sources.sort()) sha256.update(readFileSync(join(folder, name)));
  expect(sha256.digest("hex")).toBe(sourceSha256);
});

test.runIf(hasCompiler())("the compiler makes the committed binary of the sources", () => {
  const build = join(root, "scripts/kernels/build.mjs");
  expect(execFileSync(process.execPath, [build, "--check"], { encoding: "utf8" })).toBe("");
});
