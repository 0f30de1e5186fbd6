/** Runs the two runners of tests and counts their tests from the reports that they write. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { npmSucceeds } from "../setup/child.mjs";
import { reportsFolder } from "../setup/paths.mjs";
import { outsidePath } from "./outside-tests.mjs";

/** @typedef {import("./counts.mjs").Part} Part */
/** @typedef {"fast" | "slow" | "nightly" | "browser"} Project of vitest.config.ts */

/**
 * What we read of Vitest's report.
 *
 * @typedef {object} VitestReport
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {{
 *   name: string, message: string, status: string,
 *   assertionResults: { fullName: string, status: string, failureMessages?: string[] }[]
 * }[]} testResults one a file
 */

/**
 * What we read of Playwright's report.
 *
 * @typedef {object} PlaywrightReport
 * @property {{ expected: number, unexpected: number, flaky: number, skipped: number }} stats
 * @property {PlaywrightSuite[]} suites
 * @property {{ message?: string }[]} errors outside every test
 */

/**
 * @typedef {object} PlaywrightSuite
 * @property {PlaywrightSuite[]} [suites]
 * @property {{
 *   title: string, file: string,
 *   tests: { status: string, results: { error?: { message?: string } }[] }[]
 * }[]} specs
 */

const secondTry = "passed at the second try";

/**
 * @param {readonly Project[]} projects
 * @param {string | undefined} [browser] path of the one that components are tested in; undefined
 *   for Playwright's own
 * @returns {Promise<Part>}
 */
export async function runUnitTests(projects, browser) {
  const path = join(reportsFolder, "unit.json");
  const outside = "--reporter=./scripts/report/outside-tests.mjs";
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${path}`, outside];
  const selection = projects.map((project) => `--project=${project}`);
  const command = ["exec", "--no", "--", "vitest", "run", ...selection, ...reporters];
  rmSync(outsidePath, { force: true });
  const night = projects.includes("nightly") ? { STITCH_LAB_NIGHTLY: "1" } : {};
  return countTests("unit tests", path, command, { ...browserEnv(browser), ...night }, (text) => {
    const report = /** @type {VitestReport} */ (JSON.parse(text));
    // A file that cannot even be loaded fails without a failed test in it.
    const broken = report.testResults.filter(
      (file) =>
        file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
    );
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken.length,
      skipped: report.numPendingTests + report.numTodoTests,
      remarks: [
        ...errorsOutsideTests().map((text) => remark("failed", "outside every test", text)),
        ...broken.map((file) => remark("failed", file.name, file.message)),
        ...report.testResults
          .flatMap((file) => file.assertionResults)
          // One that passed has the messages of its first try.
          .filter((test) => test.status === "failed" || (test.failureMessages ?? []).length > 0)
          .map((test) =>
            remark(
              test.status === "failed" ? "failed" : secondTry,
              test.fullName,
              test.failureMessages?.[0],
            ),
          ),
      ],
    };
  });
}

/** @returns {string[]} */
function errorsOutsideTests() {
  return existsSync(outsidePath)
    ? /** @type {string[]} */ (JSON.parse(readFileSync(outsidePath, "utf8")))
    : [];
}

/**
 * @param {string | undefined} browser its path; undefined for Playwright's own
 * @param {{ nightly: boolean }} which true for those that are run in the night only, too
 * @returns {Promise<Part>}
 */
export async function runPageTests(browser, { nightly }) {
  const path = join(reportsFolder, "e2e.json");
  const command = ["run", "--silent", nightly ? "e2e:nightly" : "e2e"];
  return countTests("page tests", path, command, browserEnv(browser), (text) => {
    const { stats, suites, errors } = /** @type {PlaywrightReport} */ (JSON.parse(text));
    return {
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      skipped: stats.skipped,
      remarks: [
        ...errors.map(({ message }) => remark("failed", "outside every test", message)),
        ...suites.flatMap(remarksOf),
      ],
    };
  });
}

/**
 * @param {PlaywrightSuite} suite
 * @returns {string[]}
 */
function remarksOf({ suites = [], specs }) {
  const own = specs.flatMap(({ title, file, tests }) =>
    tests
      .filter(({ status }) => status === "unexpected" || status === "flaky")
      .map(({ status, results }) =>
        remark(
          status === "flaky" ? secondTry : "failed",
          `${file} › ${title}`,
          results.find(({ error }) => error)?.error?.message,
        ),
      ),
  );
  return [...own, ...suites.flatMap(remarksOf)];
}

/**
 * @param {string} what happened to the test
 * @param {string} test
 * @param {string} [message] the error's; its first lines are enough
 */
function remark(what, test, message = "") {
  const lines = stripVTControlCharacters(message).split("\n").slice(0, 12);
  return [`${what}: ${test}`, ...lines.map((line) => `    ${line}`)].join("\n");
}

/**
 * @param {string | undefined} browser
 * @returns {Record<string, string>}
 */
function browserEnv(browser) {
  return browser === undefined ? {} : { CHROMIUM_PATH: browser };
}

/**
 * @param {string} name
 * @param {string} path where the runner leaves its report
 * @param {readonly string[]} command for npm
 * @param {Record<string, string>} env
 * @param {(text: string) => Omit<Part, "name">} count
 * @returns {Promise<Part>}
 */
async function countTests(name, path, command, env, count) {
  // An old report must not be counted when the runner dies before it writes one.
  rmSync(path, { force: true });
  console.log(`\n— ${name} (npm ${command.join(" ")})`);
  const succeeded = await npmSucceeds(command, { env });
  const counts = existsSync(path)
    ? count(readFileSync(path, "utf8"))
    : { passed: 0, failed: 0, skipped: 0, remarks: [] };
  // A runner may fail as a whole: no test found, an error outside every test, a server not up.
  const failed = succeeded ? counts.failed : Math.max(1, counts.failed);
  return { name, ...counts, failed };
}
