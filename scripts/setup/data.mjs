/** Keeps public/data filled. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { npmSucceeds } from "./child.mjs";
import { root } from "./paths.mjs";
import { SetupError } from "./step.mjs";

/**
 * Prepares the images when some are missing. Needs the packages.
 *
 * @param {import("./step.mjs").Voice} voice
 */
export async function ensureData({ say, ready, quiet }) {
  if (isThere()) {
    ready("data: prepared");
    return;
  }
  say("data: preparing CIFAR-10");
  if (!(await npmSucceeds(["run", "--silent", "data"], { quiet }))) {
    throw new SetupError("data: it could not be prepared; the reason is above.");
  }
}

/**
 * True when every file that the manifest lists exists. A glance only, so that starting stays fast:
 * `npm run data` checks hashes, and so does every reader of a shard.
 */
function isThere() {
  const folder = join(root, "public", "data");
  const path = join(folder, "manifest.json");
  if (!existsSync(path)) return false;
  try {
    const manifest = /** @type {Record<"train" | "test", { file: string }[]>} */ (
      JSON.parse(readFileSync(path, "utf8"))
    );
    return [...manifest.train, ...manifest.test].every(({ file }) =>
      existsSync(join(folder, file)),
    );
  } catch {
    return false;
  }
}
