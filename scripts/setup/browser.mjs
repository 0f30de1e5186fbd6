/** Finds, or installs, the Chromium that the tests drive. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { npmSucceeds, succeeds } from "./child.mjs";
import { SetupError } from "./step.mjs";

const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * An installed Chromium or Chrome that starts; CHROMIUM_PATH names another than the usual ones.
 *
 * @returns {string | undefined} undefined when only Playwright's own can help
 */
export function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (starts(named)) return named;
    throw new SetupError(`browser: CHROMIUM_PATH names ${named}, which does not start.`);
  }
  return usualPlaces.find(starts);
}

/**
 * Makes a browser available. Needs the packages.
 *
 * @param {import("./step.mjs").Voice} voice
 * @returns {Promise<string | undefined>} its path; undefined for Playwright's own
 */
export async function ensureBrowser({ say, ready, quiet }) {
  const installed = findBrowser();
  if (installed) {
    ready(`browser: ${installed}`);
    return installed;
  }
  if (await playwrightsStarts()) {
    ready("browser: Playwright's own");
    return undefined;
  }
  say("browser: none found; asking Playwright for its own");
  await npmSucceeds(["exec", "--no", "--", "playwright", "install", "--no-shell", "chromium"], {
    quiet,
    env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "10000" },
  });
  // It may have come without the system's libraries that it needs.
  if (await playwrightsStarts()) {
    ready("browser: Playwright's own");
    return undefined;
  }
  if (existsSync("/usr/bin/apt-get") && process.getuid?.() === 0) {
    say("browser: Playwright's cannot be used; asking apt-get for chromium");
    const options = { quiet, env: { DEBIAN_FRONTEND: "noninteractive" } };
    await succeeds("apt-get", ["update"], options);
    await succeeds("apt-get", ["install", "-y", "chromium"], options);
    const fromApt = findBrowser();
    if (fromApt) {
      ready(`browser: ${fromApt}`);
      return fromApt;
    }
  }
  throw new SetupError(
    "browser: the tests need Chromium or Chrome. Install one, or set CHROMIUM_PATH to one that starts.",
  );
}

async function playwrightsStarts() {
  // Loaded late: it is there only once the packages are.
  const { chromium } = await import("@playwright/test");
  return starts(chromium.executablePath());
}

/**
 * Some systems have a file by that name that only says how to install the browser, so it is tried.
 *
 * @param {string} path
 */
function starts(path) {
  return existsSync(path) && spawnSync(path, ["--version"], { timeout: 30_000 }).status === 0;
}
