/** Runs other programs. */
import { spawn } from "node:child_process";
import { root } from "./paths.mjs";

/**
 * @typedef {object} ChildOptions
 * @property {boolean} [quiet] sends what it prints to standard error, which leaves standard output
 *   to us
 * @property {Record<string, string>} [env] added to our own environment
 * @property {boolean} [shell] for programs that are command scripts
 */

/**
 * Runs a program in the repository's root, to its end.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {ChildOptions} [options]
 * @returns {Promise<boolean>} true when it could be started and ended with status 0
 */
export function succeeds(command, args, { quiet = false, env = {}, shell = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", quiet ? 2 : "inherit", "inherit"],
      shell,
    });
    child.on("error", (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(false);
    });
    child.on("exit", (status) => resolve(status === 0));
  });
}

// On Windows npm is a command script, which only a shell can start.
const npmNeedsShell = process.platform === "win32";

/**
 * Runs npm in the repository's root, to its end.
 *
 * @param {readonly string[]} args
 * @param {ChildOptions} [options]
 */
export function npmSucceeds(args, options) {
  return succeeds("npm", args, { ...options, shell: npmNeedsShell });
}

/**
 * Runs npm in the repository's root, to its end, and keeps what it prints.
 *
 * @param {readonly string[]} args
 * @returns {Promise<{ succeeded: boolean, text: string }>} both outputs in one text, in the order
 *   printed
 */
export function npmPrints(args) {
  return new Promise((resolve) => {
    const child = spawn("npm", args, {
      cwd: root,
      // Only a terminal gets colours unasked, and here there may be one behind us.
      env: { ...process.env, ...(process.stdout.isTTY && { FORCE_COLOR: "1" }) },
      stdio: ["ignore", "pipe", "pipe"],
      shell: npmNeedsShell,
    });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (/** @type {string} */ piece) => (text += piece));
    }
    child.on("error", (error) =>
      resolve({ succeeded: false, text: `${text}npm: ${error.message}\n` }),
    );
    child.on("close", (status) => resolve({ succeeded: status === 0, text }));
  });
}
