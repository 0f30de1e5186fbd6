/** Keeps node_modules as package-lock.json says. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { npmSucceeds } from "./child.mjs";
import { root } from "./paths.mjs";
import { SetupError } from "./step.mjs";

/**
 * A lock file, as far as it is read here.
 *
 * @typedef {{ packages: Record<string, { version?: string, integrity?: string, optional?: boolean
 *   }> }} Lock
 */

/**
 * Installs the packages when some are missing or the lock file has changed since.
 *
 * @param {import("./step.mjs").Voice} voice
 */
export async function ensureInstalled({ say, ready, quiet }) {
  const wanted = readLock(join(root, "package-lock.json"));
  if (isInstalled(wanted)) {
    ready("packages: installed");
    return;
  }
  say("packages: installing what package-lock.json names, a minute or two");
  if (!(await npmSucceeds(["ci", "--no-audit", "--no-fund"], { quiet }))) {
    throw new SetupError("packages: `npm ci` failed; its own message is above.");
  }
  ready("packages: installed");
}

/**
 * True when npm's own record of what it installed has every package of the lock file. npm writes
 * that record last, so an installation cut short has none.
 *
 * @param {Lock} wanted
 */
function isInstalled(wanted) {
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const installed = readLock(record).packages;
  return Object.entries(wanted.packages).every(([folder, { version, integrity, optional }]) => {
    if (folder === "") return true;
    const found = installed[folder];
    // Binaries for other systems are optional, and absent.
    if (!found) return optional === true;
    return found.version === version && found.integrity === integrity;
  });
}

/** @param {string} path */
function readLock(path) {
  return /** @type {Lock} */ (JSON.parse(readFileSync(path, "utf8")));
}
