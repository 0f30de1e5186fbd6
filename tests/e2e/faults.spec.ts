/**
 * What may happen to a tab in the middle of a run: the report in the end is the undisturbed run's.
 */
import { expect, type Browser, type Page } from "@playwright/test";
import {
  activity,
  cellsAt,
  downloadReport,
  open,
  run,
  runButton,
  untilFinished,
  withoutTimes,
} from "./page/lab-page";
import { answerProbes, test as labTest } from "./page/lab-test";
import { fastClock, prependToWorkers } from "./page/worker-script";

declare global {
  interface Window {
    /** Every worker that the page has started. */
    startedWorkers?: Worker[];
    /** Every step of training that the page has shown since it was loaded, in order. */
    shownSteps?: number[];
  }
}

/** Seconds of training at one layer, many checkpoints long by the fast clock. */
const long =
  "#v=3&bottom=myrtle-w16-s1&top=myrtle-w16-s0&protocol=paper&sites=1&train=512&test=128&epochs=16&backend=wasm";
/** The same for `quick`, whose rounds depend on what is held out. */
const refined =
  "#v=3&bottom=myrtle-w16-s1&top=myrtle-w16-s0&protocol=quick&sites=1&train=512&test=128&epochs=16&backend=wasm";

const test = labTest.extend({
  context: async ({ context }, use) => {
    await prependToWorkers(context, fastClock);
    await use(context);
  },
});

// The undisturbed run comes first, in the first test that asks for it.
test.setTimeout(480_000);

const undisturbed = new Map<string, Promise<object>>();

/** The report of a run to which nothing happens, in a browser that has nothing stored. */
function expectedReport(browser: Browser, hash: string): Promise<object> {
  const known = undisturbed.get(hash) ?? computed(browser, hash);
  undisturbed.set(hash, known);
  return known;
}

async function computed(browser: Browser, hash: string): Promise<object> {
  const context = await browser.newContext();
  await answerProbes(context);
  const page = await context.newPage();
  await open(page, hash);
  await run(page);
  await untilFinished(page);
  const report = withoutTimes(await downloadReport(page));
  await context.close();
  return report;
}

async function untilTraining(page: Page, pastStep: number): Promise<void> {
  await expect
    .poll(() => trainingStep(page), { timeout: 100_000, intervals: [100] })
    .toBeGreaterThan(pastStep);
}

/** The step that the page says training is at; 0 where it says no such thing. */
async function trainingStep(page: Page): Promise<number> {
  const text = await activity(page).innerText();
  return Number(/training, step ([\d,]+)/.exec(text)?.[1]?.replace(",", "") ?? 0);
}

/** To be called before the page is opened; counts anew at every load. */
async function noteSteps(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shown: number[] = [];
    window.shownSteps = shown;
    new MutationObserver(() => {
      const status = document.querySelector(".run-status")?.textContent ?? "";
      const step = /training, step (\d+)/.exec(status)?.[1];
      if (step !== undefined) shown.push(Number(step));
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
}

async function shownSteps(page: Page): Promise<number[]> {
  return page.evaluate(() => window.shownSteps ?? []);
}

/** Waits until training is some steps, and at least one checkpoint, under way. */
async function wellIntoTraining(page: Page): Promise<number> {
  await untilTraining(page, 1);
  await page.waitForTimeout(500);
  await untilTraining(page, 12);
  return trainingStep(page);
}
/** Share of those steps that is surely in the last checkpoint, due every 0.3 s. */
const keptShare = 1 / 8;

async function finishedReport(page: Page): Promise<object> {
  await untilFinished(page);
  return withoutTimes(await downloadReport(page));
}

test("a paused run stands still until it is resumed, and ends the same", async ({
  browser,
  page,
}) => {
  const expected = await expectedReport(browser, refined);
  await open(page, refined);
  await run(page);
  await untilTraining(page, 5);
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(activity(page)).toContainText("Paused at");
  const still = await activity(page).innerText();
  await page.waitForTimeout(2_000);
  expect(await activity(page).innerText()).toBe(still);
  await page.getByRole("button", { name: "Resume" }).click();
  expect(await finishedReport(page)).toEqual(expected);
});

test("a paused run stays paused after a reload and resumes where it stopped; a cancelled one does not restart", async ({
  page,
}) => {
  await noteSteps(page);
  await open(page, long);
  await run(page);
  await untilTraining(page, 5);
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(activity(page)).toContainText("Paused at");
  const last = (await shownSteps(page)).at(-1) ?? NaN;
  await page.reload();
  await page.getByRole("button", { name: "Resume" }).click({ timeout: 60_000 });
  await untilTraining(page, 0);
  expect((await shownSteps(page))[0]).toBeGreaterThan(last);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(runButton(page)).toBeEnabled({ timeout: 60_000 });
  await page.reload();
  await expect(runButton(page)).toBeEnabled({ timeout: 60_000 });
  await expect(page.getByRole("button", { name: "Pause" })).toHaveCount(0);
});

for (const [protocol, hash] of [
  ["paper", long],
  ["quick", refined],
] as const) {
  const tag = protocol === "quick" ? [] : ["@nightly"];
  test(
    `${protocol}: after a reload during training the run resumes from its last checkpoint, and ends the same`,
    { tag },
    async ({ browser, page }) => {
      const expected = await expectedReport(browser, hash);
      await noteSteps(page);
      await open(page, hash);
      await run(page);
      const before = await wellIntoTraining(page);
      await page.reload();
      await untilTraining(page, 0);
      expect((await shownSteps(page))[0]).toBeGreaterThan(keptShare * before);
      expect(await finishedReport(page)).toEqual(expected);
    },
  );
}

test("when a worker is killed another resumes its layer, and the page says so", async ({
  browser,
  page,
}) => {
  await page.addInitScript(() => {
    const started: Worker[] = [];
    window.startedWorkers = started;
    window.Worker = class extends Worker {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        started.push(this);
      }
    };
  });
  const expected = await expectedReport(browser, refined);
  await open(page, refined);
  await run(page);
  await untilTraining(page, 5);
  await page.evaluate(() => {
    for (const worker of window.startedWorkers ?? []) worker.terminate();
  });
  await expect(activity(page)).toContainText("A worker was lost");
  expect(await finishedReport(page)).toEqual(expected);
});

test("of two tabs one computes and the other follows; when the first closes the other continues", async ({
  browser,
  context,
  page,
}) => {
  const expected = await expectedReport(browser, refined);
  await open(page, refined);
  await run(page);
  await untilTraining(page, 1);

  const second = await context.newPage();
  await noteSteps(second);
  await open(second, refined);
  // What the first has finished is told here too; what it has not is not begun again.
  await expect(activity(second)).toContainText("Running in another tab", { timeout: 60_000 });
  await expect(cellsAt(second, "stage 2").nth(1)).toContainText("±");
  const left = await wellIntoTraining(page);
  const followed = (await shownSteps(second)).length;
  await page.close();
  await expect(activity(second)).not.toContainText("Running in another tab");
  expect(await finishedReport(second)).toEqual(expected);
  // From a checkpoint, and not from the beginning.
  const after = (await shownSteps(second)).slice(followed);
  expect(Math.min(...after)).toBeGreaterThan(keptShare * left);
});

test("with two tabs, pause and cancel in the follower reach the computing tab", async ({
  context,
  page,
}) => {
  await open(page, long);
  const follower = await context.newPage();
  await open(follower, long);
  await expect(follower.getByRole("button", { name: "Run", exact: true })).toBeEnabled({
    timeout: 60_000,
  });
  // The other tab is open already when the run begins.
  await run(page);
  await expect(activity(follower)).toContainText("Running in another tab", { timeout: 60_000 });
  await untilTraining(follower, 1);
  await follower.getByRole("button", { name: "Pause" }).click();
  await expect(activity(page)).toHaveText(/^Paused/);
  await expect(activity(follower)).toHaveText(/^Paused/);
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(activity(follower)).toHaveText(/training, step/);
  await follower.getByRole("button", { name: "Cancel" }).click();
  await expect(activity(follower)).toHaveText(/^Cancelled/);
  await expect(activity(page)).toHaveText(/^Cancelled/);
  await expect(runButton(page)).toBeEnabled();
});
