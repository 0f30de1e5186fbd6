/**
 * One visit in a fresh browser: a run with clicks during it, then a reload that shows what was
 * stored.
 */
import { chromium, type Page } from "@playwright/test";
import config from "../../playwright.config";
import { watchMemory, type MemoryOverTime } from "../memory/over-time";
import { installMarks, type Marks } from "./marks";

export interface Visit {
  /** From pressing Run to the first point of a chart. */
  readonly firstLivePointMs: number;
  /** From the beginning of a reload to the first point, out of what the browser has stored. */
  readonly firstStoredPointMs: number;
  /** Of the whole run. */
  readonly runSeconds: number;
  /** During the run. */
  readonly inputs: Marks["inputs"];
  /** Of all the browser's processes, during the run. */
  readonly memory: MemoryOverTime;
  /** Logical cores that the page sees; it starts its workers by them. */
  readonly cores: number;
}

const everyMs = 250;
const longestRunMs = 3_600_000;

/** @throws Error when the page does not show what it should in time */
export async function visit(address: string): Promise<Visit> {
  const channel = config.use?.channel;
  const server = await chromium.launchServer({
    ...config.use?.launchOptions,
    ...(channel !== undefined && { channel }),
  });
  const { pid } = server.process();
  if (pid === undefined) throw new Error("the browser has no process");
  try {
    const browser = await chromium.connect(server.wsEndpoint());
    const page = await browser.newPage();
    await page.addInitScript(installMarks);
    await page.goto(address);
    const run = page.getByRole("button", { name: /^Run/ });
    await run.click({ timeout: 120_000 });
    const endMemory = watchMemory(pid);
    const startedMs = performance.now();
    await clickUntilFinished(page);
    const runSeconds = (performance.now() - startedMs) / 1000;
    const memory = endMemory();
    const live = await marksOf(page);
    await page.reload();
    await page.waitForFunction(() => window.marks.firstPointAtMs !== null, null, {
      timeout: 120_000,
    });
    const stored = await marksOf(page);
    return {
      firstLivePointMs: (live.firstPointAtMs ?? NaN) - (live.runAtMs ?? NaN),
      firstStoredPointMs: stored.firstPointAtMs ?? NaN,
      runSeconds,
      inputs: live.inputs,
      memory,
      cores: await page.evaluate(() => navigator.hardwareConcurrency),
    };
  } finally {
    await server.close();
  }
}

function marksOf(page: Page): Promise<Marks> {
  return page.evaluate(() => window.marks);
}

/** Clicks a heading, which does nothing, so that whatever delays a click is the run's. */
async function clickUntilFinished(page: Page): Promise<void> {
  const finished = page.getByRole("button", { name: "Download report" });
  const heading = page.getByRole("heading", { name: "Stitch Lab" });
  const deadlineMs = performance.now() + longestRunMs;
  while (!(await finished.isVisible())) {
    if (performance.now() > deadlineMs) throw new Error("the run did not end within an hour");
    await heading.click();
    await page.waitForTimeout(everyMs);
  }
}
