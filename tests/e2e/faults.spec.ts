/** Nothing that happens to a page, its workers or its graphics device loses a step or changes a number. */
import { expect, test, type Browser, type Page } from "@playwright/test";
import type { Report } from "../../src/experiment/report";
import {
  activity,
  cellsAt,
  downloadReport,
  open,
  run,
  untilFinished,
  withOneWorker,
  withoutTimes,
} from "./lab-page";

declare global {
  interface Window {
    /** Every worker that the page started. */
    startedWorkers?: Worker[];
  }
}

/** Two layers one after another, with some forty steps of training each. */
const experiment =
  "#v=1&bottom=myrtle-w16-s1&top=myrtle-w16-s0&protocol=paper&taps=2,3&train=256&test=128&epochs=20&backend=wasm";

let undisturbed: Promise<object> | undefined;

/** The experiment's report where nothing happens; computed once, in a browser of its own. */
function expectedReport(browser: Browser): Promise<object> {
  undisturbed ??= (async () => {
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      await withOneWorker(page);
      await open(page, experiment);
      await run(page);
      await untilFinished(page);
      return withoutTimes(await downloadReport(page));
    } finally {
      await context.close();
    }
  })();
  return undisturbed;
}

/** Until the page trains, some steps into a layer. */
async function untilTraining(page: Page): Promise<void> {
  await expect(activity(page)).toHaveText(/training, step ([5-9]|[1-3]\d) of/, {
    timeout: 100_000,
  });
}

async function endsAsExpected(page: Page, browser: Browser): Promise<void> {
  await untilFinished(page);
  expect(withoutTimes(await downloadReport(page))).toEqual(await expectedReport(browser));
}

test.beforeEach(() => {
  test.setTimeout(400_000);
});

test("a pause stands still, through a reload too, and resuming ends with the same report", async ({
  browser,
  page,
}) => {
  await withOneWorker(page);
  await open(page, experiment);
  await run(page);
  await untilTraining(page);
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(activity(page)).toHaveText(/^Paused/);
  const paused = await activity(page).innerText();
  // Longer than any step takes.
  await page.waitForTimeout(2_000);
  expect(await activity(page).innerText()).toBe(paused);

  await page.reload();
  await expect(activity(page)).toHaveText(/^Paused/, { timeout: 60_000 });
  await page.getByRole("button", { name: "Resume" }).click();
  await endsAsExpected(page, browser);
});

test("a reload in the middle of training goes on by itself, not from the start, to the same report", async ({
  browser,
  page,
}) => {
  await withOneWorker(page);
  await open(page, experiment);
  await run(page);
  await untilTraining(page);
  // A pause is a checkpoint at that very step.
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(activity(page)).toHaveText(/^Paused/);
  await page.getByRole("button", { name: "Resume" }).click();
  await page.reload();
  await expect(activity(page)).toHaveText(/training, step \d+ of/, { timeout: 100_000 });
  const first = Number(/step (\d+) of/.exec(await activity(page).innerText())?.[1]);
  expect(first).toBeGreaterThan(1);
  await endsAsExpected(page, browser);
});

test("killed workers are replaced, the page says so, and the report is the same", async ({
  browser,
  page,
}) => {
  await withOneWorker(page);
  await page.addInitScript(() => {
    window.startedWorkers = [];
    window.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        window.startedWorkers?.push(this);
      }
    };
  });
  await open(page, experiment);
  await run(page);
  await untilTraining(page);
  await page.evaluate(() => {
    for (const worker of window.startedWorkers ?? []) worker.terminate();
  });
  await expect(activity(page)).toContainText("A worker was lost");
  await endsAsExpected(page, browser);
});

test("two tabs: one computes, the other follows, and takes over when the first is closed", async ({
  browser,
  context,
  page,
}) => {
  await withOneWorker(page);
  await open(page, experiment);
  await run(page);
  const follower = await context.newPage();
  await withOneWorker(follower);
  await open(follower, experiment);
  await expect(activity(follower)).toContainText("Another tab computes", { timeout: 60_000 });

  // One layer is finished, and both tabs show it.
  const finished = /[\d.]+%/;
  const layer = await firstFinished(follower, finished);
  await expect(cellsAt(page, layer).first()).toHaveText(finished);
  await untilTraining(follower);
  await page.close();
  await expect(activity(follower)).not.toContainText("Another tab computes", { timeout: 10_000 });
  await expect(activity(follower)).toHaveText(/training, step/, { timeout: 60_000 });
  // What the first tab had finished is not begun again.
  expect(await activity(follower).innerText()).not.toContain(`${layer}:`);
  await endsAsExpected(follower, browser);
});

test("two tabs: pause and cancel in the one that follows reach the one that computes", async ({
  context,
  page,
}) => {
  await withOneWorker(page);
  await open(page, experiment);
  const follower = await context.newPage();
  await open(follower, experiment);
  await expect(follower.getByRole("button", { name: "Run", exact: true })).toBeEnabled({
    timeout: 60_000,
  });
  // The other tab is open already when the run begins.
  await run(page);
  await expect(activity(follower)).toContainText("Another tab computes", { timeout: 60_000 });
  await untilTraining(follower);
  await follower.getByRole("button", { name: "Pause" }).click();
  await expect(activity(page)).toHaveText(/^Paused/);
  await expect(activity(follower)).toHaveText(/^Paused/);
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(activity(follower)).toHaveText(/training, step/);
  await follower.getByRole("button", { name: "Cancel" }).click();
  await expect(activity(follower)).toHaveText(/^Cancelled/);
  await expect(activity(page)).toHaveText(/^Cancelled/);
  await expect(page.getByRole("button", { name: /^Run/ })).toBeEnabled();
});

test("a graphics device that is destroyed is opened anew, and the numbers are the CPU's", async ({
  browser,
}) => {
  test.setTimeout(900_000);
  const [expected, found] = await Promise.all(
    (["cpu", "webgpu"] as const).map((backend) => tinyReport(browser, backend)),
  );
  const theirs = expected?.taps[0];
  const ours = found?.taps[0];
  expect(found?.backend).toBe("webgpu");
  expect(ours?.cka).toBeCloseTo(theirs?.cka ?? NaN, 4);
  expect(ours?.leastSquaresR2).toBeCloseTo(theirs?.leastSquaresR2 ?? NaN, 4);
  // Rounding may turn an image that lies on a decision's edge: one of the 64.
  expect(Math.abs((ours?.testError ?? NaN) - (theirs?.testError ?? NaN))).toBeLessThan(1.5 / 64);
});

/** The layer whose penalty is there first. */
async function firstFinished(page: Page, text: RegExp): Promise<string> {
  const row = page
    .getByRole("row")
    .filter({ has: page.getByRole("cell").first().filter({ hasText: text }) })
    .getByRole("rowheader");
  await expect(row.first()).toBeVisible({ timeout: 100_000 });
  return row.first().innerText();
}

/** A run of the tiny networks; on a GPU, every device is destroyed once in the middle. */
async function tinyReport(browser: Browser, backend: "cpu" | "webgpu"): Promise<Report> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.route("**/zoo/*", async (route) => {
      const file = new URL(route.request().url()).pathname.split("/").at(-1) ?? "";
      await route.fulfill({ path: `tests/fixtures/tiny/${file}` });
    });
    if (backend === "webgpu") await destroyDeviceOnce(page);
    const hash = "#v=1&bottom=tiny-b&top=tiny-a&protocol=glance&taps=1&train=128&test=64";
    await page.goto(`/${hash}&backend=${backend}`);
    await page.getByRole("button", { name: "Run", exact: true }).click();
    if (backend === "webgpu") {
      await expect(activity(page)).toContainText("A worker was lost", { timeout: 400_000 });
    }
    const report = page.getByRole("button", { name: "Download report" });
    await expect(report).toBeVisible({ timeout: 800_000 });
    return await downloadReport(page);
  } finally {
    await context.close();
  }
}

/** The first worker that is ready to compute on a GPU has its device destroyed. */
async function destroyDeviceOnce(page: Page): Promise<void> {
  await page.route("**/assets/worker-*.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${keepDevice}\n${await response.text()}` });
  });
  await page.addInitScript(() => {
    let destroyed = false;
    window.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        this.addEventListener("message", (event: MessageEvent<{ type: string }>) => {
          if (destroyed || event.data.type !== "ready") return;
          destroyed = true;
          this.postMessage("destroy the device");
        });
      }
    };
  });
}

/** Runs in the worker before its own script. */
const keepDevice = `
const requestDevice = GPUAdapter.prototype.requestDevice;
let kept;
GPUAdapter.prototype.requestDevice = async function (...rest) {
  kept = await requestDevice.apply(this, rest);
  return kept;
};
addEventListener("message", (event) => {
  if (event.data !== "destroy the device") return;
  event.stopImmediatePropagation();
  kept.destroy();
});
`;
