/** The checks of the sources; each is one `npm run` command, and counts as one test. */
import { npmSucceeds } from "../setup/child.mjs";

/** Command by command, what each is about. */
const checks = [
  { command: "format", about: "formatting" },
  { command: "lint", about: "lint" },
  { command: "types", about: "types" },
  { command: "imports", about: "import table" },
  { command: "dead", about: "dead code" },
];

/**
 * Runs every check, also after one has failed.
 *
 * @returns {Promise<import("./counts.mjs").Part[]>}
 */
export async function runChecks() {
  const parts = [];
  for (const { command, about } of checks) {
    console.log(`\n— ${about} (npm run ${command})`);
    const passed = await npmSucceeds(["run", "--silent", command]);
    console.log(`— ${about}: ${passed ? "passed" : "FAILED"}`);
    parts.push({ name: about, passed: Number(passed), failed: Number(!passed), skipped: 0 });
  }
  return parts;
}
