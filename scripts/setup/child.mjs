/** Runs other programs. */
import { spawn } from "node:child_process";
import { root } from "./paths.mjs";

/**
 * @typedef {object} ChildOptions
 * @property {boolean} [quiet] sends what it prints to standard error, which leaves standard output to us
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
    child.on("exit", (status) => {
      resolve(status === 0);
    });
  });
}

/**
 * Runs npm in the repository's root, to its end.
 *
 * @param {readonly string[]} args
 * @param {ChildOptions} [options]
 */
export function npmSucceeds(args, options) {
  // On Windows npm is a command script, which only a shell can start.
  return succeeds("npm", args, { ...options, shell: process.platform === "win32" });
}
