/** What may happen to a tab in the middle of a run: the report in the end is the undisturbed run's. */
import { expect, test, type Browser, type Page } from "@playwright/test";
import {
  activity,
  cellsAt,
  downloadReport,
  open,
  run,
  runButton,
  untilFinished,
  withoutTimes,
} from "./lab-page";

declare global {
  interface Window {
    /** Every worker that the page has started. */
    startedWorkers?: Worker[];
  }
}

/** Some seconds of training at one layer, several checkpoints long. */
const long =
  "#v=1&bottom=myrtle-w16-s1&top=myrtle-w16-s0&protocol=paper&taps=1&train=512&test=128&epochs=40&backend=wasm";
/** The same for `quick`, whose rounds depend on what is held out. */
const refined =
  "#v=1&bottom=myrtle-w16-s1&top=myrtle-w16-s0&protocol=quick&taps=1&train=512&test=128&epochs=40&backend=wasm";

// The undisturbed run comes first, in the first test that asks for it.
test.setTimeout(240_000);

const undisturbed = new Map<string, Promise<object>>();

/** The report of a run to which nothing happens, in a browser that has nothing stored. */
function expectedReport(browser: Browser, hash: string): Promise<object> {
  const known = undisturbed.get(hash) ?? computed(browser, hash);
  undisturbed.set(hash, known);
  return known;
}

async function computed(browser: Browser, hash: string): Promise<object> {
  const context = await browser.newContext();
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

async function finishedReport(page: Page): Promise<object> {
  await untilFinished(page);
  return withoutTimes(await downloadReport(page));
}

test("a paused run stands still until it is resumed, and ends the same", async ({
  browser,
  page,
}) => {
  const expected = await expectedReport(browser, long);
  await open(page, long);
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

test("a paused run is still paused after a reload, and a cancelled one does not begin again", async ({
  page,
}) => {
  await open(page, long);
  await run(page);
  await untilTraining(page, 5);
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(activity(page)).toContainText("Paused at");
  await page.reload();
  await expect(page.getByRole("button", { name: "Resume" })).toBeVisible({ timeout: 60_000 });
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
  test(`${protocol}: after a reload in mid-training the run goes on from its last checkpoint, and ends the same`, async ({
    browser,
    page,
  }) => {
    const expected = await expectedReport(browser, hash);
    await open(page, hash);
    await run(page);
    await untilTraining(page, 1);
    // Longer than the time between two checkpoints.
    await page.waitForTimeout(3_500);
    const before = await trainingStep(page);
    expect(before).toBeGreaterThan(1);
    await page.reload();
    await untilTraining(page, 0);
    expect(await trainingStep(page)).toBeGreaterThan(1);
    expect(await finishedReport(page)).toEqual(expected);
  });
}

test("when a worker is killed another goes on with its layer, and says so", async ({
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
  const expected = await expectedReport(browser, long);
  await open(page, long);
  await run(page);
  await untilTraining(page, 5);
  await page.evaluate(() => {
    for (const worker of window.startedWorkers ?? []) worker.terminate();
  });
  await expect(activity(page)).toContainText("A worker was lost");
  expect(await finishedReport(page)).toEqual(expected);
});

test("of two tabs one computes and the other follows; when the first closes the other goes on", async ({
  browser,
  context,
  page,
}) => {
  const expected = await expectedReport(browser, long);
  await open(page, long);
  await run(page);
  await untilTraining(page, 1);

  const second = await context.newPage();
  await open(second, long);
  // What the first has finished is told here too; what it has not is not begun again.
  await expect(activity(second)).toContainText("Another tab computes", { timeout: 60_000 });
  await expect(cellsAt(second, "stage 2").nth(2)).toContainText("±");
  await page.waitForTimeout(3_500);
  const left = await trainingStep(page);
  await page.close();
  await untilTraining(second, 1);
  await expect(activity(second)).not.toContainText("Another tab computes");
  // From a checkpoint, and not from the beginning.
  expect(await trainingStep(second)).toBeGreaterThan(left / 4);
  expect(await finishedReport(second)).toEqual(expected);
});
