/** The checks of the sources; each is one `npm run` command, and counts as one test. */
import { npmPrints } from "../setup/child.mjs";

/**
 * Command by command, what each is about. The longest is first, so that the others run next to it.
 */
const checks = [
  { command: "lint", about: "lint" },
  { command: "types", about: "types" },
  { command: "format", about: "formatting" },
  { command: "imports", about: "import table" },
  { command: "dead", about: "dead code" },
];
const atATime = 2;

/**
 * Runs every check, also after one has failed. What a check prints appears when it ends, so that
 * two never mix.
 *
 * @returns {Promise<import("./counts.mjs").Part[]>}
 */
export async function runChecks() {
  const waiting = checks.values();
  /** @type {import("./counts.mjs").Part[]} */
  const parts = [];
  /** Takes one check after another from those that no lane has taken yet. */
  async function lane() {
    for (const { command, about } of waiting) {
      const { succeeded, text } = await npmPrints(["run", "--silent", command]);
      console.log(`\n— ${about} (npm run ${command})`);
      process.stdout.write(text);
      console.log(`— ${about}: ${succeeded ? "passed" : "FAILED"}`);
      parts.push({
        name: about,
        passed: Number(succeeded),
        failed: Number(!succeeded),
        skipped: 0,
      });
    }
  }
  await Promise.all(Array.from({ length: atATime }, lane));
  return parts;
}
