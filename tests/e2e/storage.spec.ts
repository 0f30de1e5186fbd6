import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type Locator, type Page } from "@playwright/test";
import { version } from "../../src/storage/migration";
import {
  brief,
  changeHash,
  cellsAt,
  downloadReport,
  open,
  run,
  runButton,
  untilFinished,
  withoutTimes,
} from "./page/lab-page";
import { test } from "./page/lab-test";
import { prependToWorkers } from "./page/worker-script";
import {
  damageResults,
  everything,
  fillWithOldResults,
  keysOf,
  makeNewer,
  makeVersion1,
  openBlank,
  setQuota,
  storedValues,
} from "./page/stored";

/** The same networks and images at another layer: another stitch, the same baselines. */
const another = brief.replace("&sites=3", "&sites=2");

function notice(page: Page, title: string): Locator {
  return page.locator(".notice").filter({ has: page.getByRole("heading", { name: title }) });
}

async function finish(page: Page, hash: string) {
  await open(page, hash);
  await run(page);
  await untilFinished(page);
  return downloadReport(page);
}

/** Cuts off everything that a computation would have to fetch. */
async function withoutFiles(page: Page): Promise<void> {
  await page.route(/\.(bin|safetensors)$/, (route) => route.abort());
}

test("without space the run continues, says so, and stores its results once there is room", async ({
  page,
}) => {
  await openBlank(page);
  await setQuota(page, 1_000);
  const report = await finish(page, brief);
  const full = notice(page, "Browser storage is full");
  await expect(full).toContainText(/Not stored: .*B of results/);

  // Nothing is computed twice: what memory holds is told at once.
  await changeHash(page, another);
  await expect(runButton(page)).toHaveText("Run the rest");
  await changeHash(page, brief);
  await untilFinished(page);

  await setQuota(page, undefined);
  await full.getByRole("button", { name: "Store them now" }).click();
  await expect(full).toHaveCount(0);
  await page.reload();
  await untilFinished(page);
  expect(withoutTimes(await downloadReport(page))).toEqual(withoutTimes(report));
});

test("a browser without storage is reported, and within the visit nothing is computed twice", async ({
  page,
}) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("not here", "SecurityError");
    };
  });
  const report = await finish(page, brief);
  await expect(notice(page, "Browser storage is blocked")).toBeVisible();
  await expect(page.getByText("Stored in this browser:")).toHaveCount(0);
  await withoutFiles(page);
  await changeHash(page, another);
  await expect(runButton(page)).toHaveText("Run the rest");
  await changeHash(page, brief);
  await untilFinished(page);
  expect(await downloadReport(page)).toEqual(report);
  await page.reload();
  await expect(runButton(page)).toHaveText("Run");
});

/** What Chromium does to a page and its workers with site data blocked. */
const blockedSiteData = `
const denied = () => new DOMException("The request was denied.", "SecurityError");
const refuse = { get() { throw denied(); }, configurable: true };
LockManager.prototype.request = () => Promise.reject(denied());
LockManager.prototype.query = () => Promise.reject(denied());
IDBFactory.prototype.open = () => { throw denied(); };
for (const name of ["localStorage", "sessionStorage", "caches"]) {
  Object.defineProperty(globalThis, name, refuse);
}
`;

// The page and its workers both ask for locks, and only a run uses them.
test("a page with all site data blocked runs an experiment to its end", async ({
  page,
  context,
}) => {
  const uncaught: string[] = [];
  page.on("pageerror", ({ message }) => uncaught.push(message));
  await context.addInitScript(blockedSiteData);
  await prependToWorkers(context, blockedSiteData);
  await open(page, brief);
  await expect(notice(page, "Browser storage is blocked")).toBeVisible();
  await run(page);
  await untilFinished(page);
  expect(uncaught).toEqual([]);
});

test("in a frame of another site that may store nothing, an experiment runs to its end", async ({
  page,
  context,
  baseURL,
}) => {
  const uncaught: string[] = [];
  page.on("pageerror", ({ message }) => uncaught.push(message));
  await context.addInitScript(`if (window.top !== window) {${blockedSiteData}}`);
  await prependToWorkers(context, blockedSiteData);
  // Truly served: Chromium keeps pages that a test makes up from framing a local one.
  const outer = createServer((_, response) => {
    response.setHeader("Content-Type", "text/html");
    response.end(`<iframe src="${baseURL ?? ""}${brief}" width="1200" height="800"></iframe>`);
  });
  await new Promise<void>((listening) => outer.listen(0, "127.0.0.1", listening));
  try {
    const { port } = outer.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/`);
    const frame = page.frameLocator("iframe");
    // It moves what is below it, and a press with it.
    await expect(frame.getByText("Browser storage is blocked")).toBeVisible({ timeout: 60_000 });
    await frame.getByRole("button", { name: "Run", exact: true }).click({ timeout: 60_000 });
    const report = frame.getByRole("button", { name: "Download report" });
    await expect(report).toBeVisible({ timeout: 200_000 });
    expect(uncaught).toEqual([]);
  } finally {
    outer.close();
  }
});

test("a damaged record is removed and computed again, to the same number", async ({ page }) => {
  const report = await finish(page, brief);
  await openBlank(page);
  await damageResults(page, 2);
  await open(page, brief);
  await expect(page.getByText("2 damaged entries were removed")).toBeVisible();
  await expect(runButton(page)).toHaveText("Run the rest");
  await run(page);
  await untilFinished(page);
  expect(withoutTimes(await downloadReport(page))).toEqual(withoutTimes(report));
  await page.reload();
  await untilFinished(page);
  await expect(page.getByText("damaged")).toHaveCount(0);
});

test("results of version 1 are all migrated, and none is computed again", async ({ page }) => {
  const report = await finish(page, brief);
  await openBlank(page);
  const values = await storedValues(page);
  await makeVersion1(page, values);
  await withoutFiles(page);
  for (let visit = 0; visit < 2; visit++) {
    await open(page, brief);
    await untilFinished(page);
    expect(await downloadReport(page)).toEqual(report);
    await openBlank(page);
    expect(await storedValues(page)).toEqual(values);
  }
});

test("a database of a newer version is read, reported as newer, and left unchanged", async ({
  page,
}) => {
  const report = await finish(page, brief);
  await openBlank(page);
  await makeNewer(page, 99);
  const before = await everything(page);
  await open(page, brief);
  await expect(notice(page, "Stored results are from a newer version")).toBeVisible();
  await untilFinished(page);
  expect(await downloadReport(page)).toEqual(report);
  await changeHash(page, another);
  await run(page);
  await untilFinished(page);
  await expect(page.getByText(/Not stored/)).toBeVisible();
  await openBlank(page);
  expect(await everything(page)).toBe(before);
  const found = await page.evaluate(async () => (await indexedDB.databases())[0]?.version);
  expect(found).toBe(99);
});

test("the least recently used results make room, and the page says so; the newest stay", async ({
  page,
}) => {
  await openBlank(page);
  await setQuota(page, 12_000_000);
  const report = await finish(page, brief);
  await openBlank(page);
  const olds = await fillWithOldResults(page);
  expect(olds).toBeGreaterThan(3);
  expect(withoutTimes(await finish(page, brief))).toEqual(withoutTimes(report));
  const said = page.getByText(/old results? (was|were) removed to make room \(\d/);
  await expect(said).toBeVisible();
  await expect(page.getByRole("heading", { name: "storage is full" })).toHaveCount(0);

  await page.reload();
  await untilFinished(page);
  await openBlank(page);
  const keys = await keysOf(page, "results");
  expect(keys).toContain(`old ${olds}`);
  expect(keys).not.toContain("old 1");
  // Two baselines, the sums, the stitch, the measures of similarity.
  expect(keys.filter((key) => !key.startsWith("old"))).toHaveLength(5);
});

test("a page of a newer version can upgrade; the older one continues in memory and says so", async ({
  context,
  page,
}) => {
  await open(page, brief);
  await expect(page.getByText("Stored in this browser:")).toBeVisible();
  const newer = await context.newPage();
  await openBlank(newer);
  // Resolves only once the older page has let go.
  await makeNewer(newer, version + 1);
  await expect(notice(page, "A newer version of Stitch Lab is open")).toBeVisible();
  await run(page);
  await untilFinished(page);
  await expect(page.getByText(/Not stored/)).toBeVisible();
  await newer.close();
});

test("an older page that blocks storage is reported, and the run continues", async ({
  context,
  page,
}) => {
  const older = await context.newPage();
  await openBlank(older);
  await older.evaluate(
    () =>
      new Promise<void>((resolve) => {
        indexedDB.open("stitch-lab", 1).onsuccess = () => resolve();
      }),
  );
  await open(page, brief);
  await expect(notice(page, "Another tab is blocking storage")).toBeVisible();
  await run(page);
  await untilFinished(page);
  await older.close();
  await page.reload();
  await expect(page.getByText("Stored in this browser:")).toBeVisible();
  await expect(page.locator(".notice")).toHaveCount(0);
});

test("after site data is cleared under an open page, later results are still stored", async ({
  page,
}) => {
  await finish(page, brief);
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "indexeddb" });
  await expect.poll(() => page.evaluate(() => indexedDB.databases())).toEqual([]);
  await changeHash(page, another);
  await run(page);
  await untilFinished(page);
  const before = await cellsAt(page, "stage 3").allInnerTexts();
  await page.reload();
  await untilFinished(page);
  await expect(cellsAt(page, "stage 3")).toHaveText(before);
});

test("removing stored data asks first, then removes results and files", async ({ page }) => {
  await finish(page, brief);
  await page.getByRole("button", { name: "Remove…" }).click();
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await page.getByRole("button", { name: "Remove…" }).click();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByText("Remove all results and downloaded files?")).toHaveCount(0);
  await expect(page.getByText(/Stored in this browser: \d+ kB/)).toBeVisible();
  await openBlank(page);
  for (const table of ["results", "assets"] as const) {
    expect(await keysOf(page, table)).toEqual([]);
  }
});
