/** Counts of tests, part by part, and the closing line. */

/**
 * One check, or one runner's tests.
 *
 * @typedef {object} Part
 * @property {string} name
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {readonly string[]} [remarks] on tests that failed, or passed only at the second try
 */

/**
 * Prints what failed and why, each part's counts, then the sum alone on the last line, and sets the
 * program's status.
 *
 * @param {readonly Part[]} parts
 */
export function conclude(parts) {
  console.log("");
  for (const line of parts.flatMap((part) => part.remarks ?? [])) console.log(`${line}\n`);
  for (const part of parts) console.log(`${part.name}: ${countsLine(part)}`);
  /** @param {"passed" | "failed" | "skipped"} count */
  const sum = (count) => parts.reduce((total, part) => total + part[count], 0);
  const total = { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") };
  if (total.failed > 0) process.exitCode = 1;
  console.log(`\n${countsLine(total)}`);
}

/** @param {Pick<Part, "passed" | "failed" | "skipped">} counts */
function countsLine({ passed, failed, skipped }) {
  const line = `${String(passed)} passed, ${String(failed)} failed`;
  return skipped > 0 ? `${line}, ${String(skipped)} skipped` : line;
}

/**
 * A part that could not be run at all.
 *
 * @param {string} name
 * @returns {Part}
 */
export function notRun(name) {
  return { name, passed: 0, failed: 1, skipped: 0 };
}
