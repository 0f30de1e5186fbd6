/**
 * The command line, from a fresh clone too.
 *
 *     npm run -s stitch -- --help
 *
 * Standard output is the command line's alone: what setting up has to say goes to standard error.
 */
import { spawn } from "node:child_process";
import { ensureData } from "./setup/data.mjs";
import { ensureInstalled } from "./setup/installed.mjs";
import { requireNode } from "./setup/node-version.mjs";
import { root } from "./setup/paths.mjs";
import { orExplain } from "./setup/step.mjs";

requireNode();
await orExplain(async () => {
  const voice = {
    /** @param {string} line */
    say: (line) => {
      console.error(line);
    },
    ready: () => undefined,
    quiet: true,
  };
  await ensureInstalled(voice);
  await ensureData(voice);
  stitch(process.argv.slice(2));
});

/**
 * Runs the command line in our place: its input, output, signals and status are ours.
 *
 * @param {readonly string[]} args
 */
function stitch(args) {
  const child = spawn(process.execPath, ["--import", "tsx", "src/cli/main.ts", ...args], {
    cwd: root,
    // npm starts us in the root, and says here where the user stood: relative paths start there.
    env: { ...process.env, INIT_CWD: process.env.INIT_CWD ?? process.cwd() },
    stdio: "inherit",
  });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      // A terminal sends Ctrl+C to the child itself; once more would mean "at once".
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on("exit", (status, signal) => {
    if (signal === null) {
      process.exitCode = status ?? 1;
      return;
    }
    // Ends us by the same signal, so the caller sees how it ended.
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
