/**
 * Compiles the C sources in src/core/tensor/wasm/ into binary.ts in the same folder.
 *
 *     node scripts/kernels/build.mjs [--check]
 *
 * Needs clang and wasm-ld; the committed binary is by Debian's clang 14.0.6. With --check nothing
 * is written; ends with 1 when the committed file is not what the compiler makes of the sources.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const folder = resolve(import.meta.dirname, "../../src/core/tensor/wasm");
/** Includes all others: one translation unit. */
const source = join(folder, "kernels.c");
const target = join(folder, "binary.ts");

const flags = [
  "--target=wasm32",
  "-O3",
  "-msimd128",
  "-mmutable-globals",
  "-nostdlib",
  "-fno-builtin",
  "-Wall",
  "-Wextra",
  "-Werror",
  "-Wl,--no-entry",
  // tfjs's memory; what little stack there is lies in a piece of it that we are given.
  "-Wl,--import-memory",
  "-Wl,--export=__stack_pointer",
  "-Wl,--strip-all",
];

const dataSection = 11;

/**
 * Whether a module has a section of a number. WebAssembly Core Specification, sec. 5.5.2: after
 * eight bytes of preamble, each section is its number, its size in LEB128, and its contents.
 *
 * @param {Buffer} bytes
 * @param {number} number
 */
function hasSection(bytes, number) {
  for (let at = 8; at < bytes.length;) {
    if (bytes[at++] === number) return true;
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const part = bytes[at++] ?? 0;
      size |= (part & 0x7f) << shift;
      if (part < 0x80) break;
    }
    at += size;
  }
  return false;
}

const temporary = mkdtempSync(join(tmpdir(), "kernels-"));
const output = join(temporary, "kernels.wasm");
execFileSync("clang", [...flags, "-o", output, source], { stdio: "inherit" });
const binary = readFileSync(output);
rmSync(temporary, { recursive: true });

const module = new WebAssembly.Module(binary);
const imports = WebAssembly.Module.imports(module).map(({ name }) => name);
// A data segment would overwrite tfjs's own.
if (String(imports) !== "memory" || hasSection(binary, dataSection)) {
  throw new Error("the kernels must import memory alone and bring no data");
}

const sha256 = createHash("sha256");
for (const name of readdirSync(folder).sort()) {
  if (/\.[ch]$/.test(name)) sha256.update(readFileSync(join(folder, name)));
}
const text = `/** Made by scripts/kernels/build.mjs from kernels.c. */

/** SHA-256 of the C sources, one after the other in the order of their names. */
export const sourceSha256 = "${sha256.digest("hex")}";

/** The module in base64. */
export const binary =
  "${binary.toString("base64")}";
`;
if (!process.argv.includes("--check")) writeFileSync(target, text);
else if (readFileSync(target, "utf8") !== text) {
  console.error("binary.ts is not what the compiler makes of kernels.c");
  process.exitCode = 1;
}
