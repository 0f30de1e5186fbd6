/** When a first visit on a slow machine and network sees the recorded result. */
import { chromium } from "@playwright/test";
import config from "../../playwright.config";

export interface Paint {
  /** Until anything was painted, in ms since the navigation began. */
  readonly firstMs: number;
  /** Until the recorded curve was on screen. */
  readonly recordedMs: number;
  /** Until the charts with their axes were. */
  readonly chartsMs: number;
}

declare global {
  interface Window {
    painted: { recordedMs: number | null; chartsMs: number | null };
  }
}

const slowdown = 4;
/** "Fast 3G" of WebPageTest: 1.6 Mbit/s down, 768 kbit/s up, 150 ms there and back. */
const network = {
  offline: false,
  latency: 150,
  downloadThroughput: 1.6e6 / 8,
  uploadThroughput: 768e3 / 8,
};

/** In a fresh browser. @throws Error when the page does not show what it should in two minutes */
export async function paintOf(address: string): Promise<Paint> {
  const browser = await chromium.launch({
    ...config.use?.launchOptions,
    ...(config.use?.channel !== undefined && { channel: config.use.channel }),
  });
  try {
    const page = await browser.newPage();
    const client = await page.context().newCDPSession(page);
    await client.send("Network.enable");
    await client.send("Network.emulateNetworkConditions", network);
    await client.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    await page.addInitScript(notePaints);
    await page.goto(address);
    await page.waitForFunction(() => window.painted.chartsMs !== null, null, { timeout: 120_000 });
    return await page.evaluate(() => {
      const firstMs = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN;
      const { recordedMs, chartsMs } = window.painted;
      // What a frame begins with is painted with it, at the earliest with the first paint.
      return {
        firstMs,
        recordedMs: Math.max(firstMs, recordedMs ?? NaN),
        chartsMs: chartsMs ?? NaN,
      };
    });
  } finally {
    await browser.close();
  }
}

/** Runs in the page before its own scripts; its functions have no names, see `installMarks`. */
function notePaints(): void {
  window.painted = { recordedMs: null, chartsMs: null };
  // What is in the document when a frame begins is on screen at its end.
  const look = [
    (): void => {
      const { painted } = window;
      if (document.querySelector(".opening path, .recharts-line-dot")?.getClientRects().length) {
        painted.recordedMs ??= performance.now();
      }
      // A picture of the chart, or the chart itself.
      if (document.querySelector(".still-chart, .recharts-line-dot")) {
        painted.chartsMs ??= performance.now();
      }
      if (painted.chartsMs === null) requestAnimationFrame(() => look[0]?.());
    },
  ];
  requestAnimationFrame(() => look[0]?.());
}
