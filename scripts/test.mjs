/**
 * Everything that a change can break: installs what is missing, a browser too, then checks the
 * sources and runs the tests. With --nightly every test, also those that are slow and rarely fail.
 *
 *     npm test
 *     npm run test:nightly
 *
 * Goes on after a failure, so that one run tells all; ends with the line "N passed, N failed".
 */
import { runChecks } from "./report/checks.mjs";
import { conclude, notRun } from "./report/counts.mjs";
import { runPageTests, runUnitTests } from "./report/runners.mjs";
import { ensureBrowser } from "./setup/browser.mjs";
import { ensureBuilt } from "./setup/built.mjs";
import { ensureData } from "./setup/data.mjs";
import { ensureInstalled } from "./setup/installed.mjs";
import { requireNode } from "./setup/node-version.mjs";
import { SetupError } from "./setup/step.mjs";

/** @param {string} line */
const say = (line) => {
  console.log(line);
};

const nightly = process.argv.includes("--nightly");

requireNode();
conclude(await testAll());

/** @returns {Promise<import("./report/counts.mjs").Part[]>} */
async function testAll() {
  // Nothing at all can be run without the packages.
  if (!(await attempt(ensureInstalled))) return [notRun("packages")];
  const data = await attempt(ensureData);
  const built = await attempt(ensureBuilt);
  const browser = await attempt(ensureBrowser);

  const parts = await runChecks();
  /** @type {import("./report/runners.mjs").Project[]} */
  const projects = nightly ? ["fast", "slow", "nightly"] : ["fast", "slow"];
  if (browser) parts.push(await runUnitTests([...projects, "browser"], browser.value));
  else parts.push(await runUnitTests(projects), notRun("component tests"));
  if (!data) parts.push(notRun("data"));
  const page = built && browser;
  parts.push(page ? await runPageTests(browser.value, { nightly }) : notRun("page tests"));
  return parts;
}

/**
 * Takes a step of setting up; says why when it cannot be done.
 *
 * @template T
 * @param {(voice: import("./setup/step.mjs").Voice) => Promise<T>} step
 * @returns {Promise<{ value: T } | undefined>} undefined when it could not be done
 */
async function attempt(step) {
  try {
    return { value: await step({ say, ready: say, quiet: false }) };
  } catch (thrown) {
    if (!(thrown instanceof SetupError)) throw thrown;
    console.error(thrown.message);
    return undefined;
  }
}
