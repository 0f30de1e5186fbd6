/** Keeps dist as the sources say. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npmSucceeds } from "./child.mjs";
import { root } from "./paths.mjs";
import { SetupError } from "./step.mjs";

/** All that a build depends on. The shards are named, with their hashes, by their manifest. */
const inputs = [
  "index.html",
  "package-lock.json",
  "public",
  "public/data/manifest.json",
  "src",
  "vite.config.ts",
];
/** Inside the inputs, but made by programs from others of them. */
const generated = new Set(["public/data", "public/wasm"]);

/** Holds the fingerprint of the inputs that dist was built from; written last. */
const stamp = join(root, "dist", ".inputs");

/**
 * Builds the page unless it is up to date. Needs the packages and the data.
 *
 * @param {import("./step.mjs").Voice} voice
 */
export async function ensureBuilt({ say, ready, quiet }) {
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) {
    ready("page: built");
    return;
  }
  say("page: building");
  if (!(await npmSucceeds(["run", "--silent", "build"], { quiet }))) {
    throw new SetupError("page: it could not be built; the reason is above.");
  }
  writeFileSync(stamp, wanted);
  ready("page: built");
}

/** A hash of every input's path and contents. */
function fingerprint() {
  const hash = createHash("sha256");
  for (const path of inputs.flatMap(filesUnder)) {
    const contents = createHash("sha256").update(readFileSync(join(root, path)));
    hash.update(`${path} ${contents.digest("hex")}\n`);
  }
  return hash.digest("hex");
}

/**
 * @param {string} path a file or folder, relative to the root
 * @returns {string[]} the files, in a fixed order
 */
function filesUnder(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full)
    .sort()
    .map((name) => `${path}/${name}`)
    .filter((inside) => !generated.has(inside))
    .flatMap(filesUnder);
}
