/** When a first visit on a slow machine and network sees the recorded result. */
import { chromium } from "@playwright/test";
import config from "../../playwright.config";

export interface Paint {
  /** Until anything was painted, in ms since the navigation began. */
  readonly firstMs: number;
  /** Until the recorded result was on screen: chart, axes and table. */
  readonly recordedMs: number;
  /**
   * From the first touch of the page at rest, on the button of a dialog, until the dialog was on
   * screen.
   */
  readonly answerMs: number;
}

interface Painted {
  recordedMs: number | null;
  touchedMs: number | null;
  answeredMs: number | null;
}

declare global {
  interface Window {
    painted: Painted;
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
    const page = await browser.newPage({ hasTouch: true, viewport: { width: 390, height: 844 } });
    const client = await page.context().newCDPSession(page);
    await client.send("Network.enable");
    await client.send("Network.emulateNetworkConditions", network);
    await client.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    await page.addInitScript(notePaints);
    await page.goto(address);
    await page.waitForFunction(() => window.painted.recordedMs !== null, null, { timeout });
    // Its scripts are there, and nobody has touched it.
    await page.waitForLoadState("networkidle");
    await page.getByRole("button", { name: /^Figures/ }).tap();
    await page.waitForFunction(() => window.painted.answeredMs !== null, null, { timeout });
    return await page.evaluate(() => {
      const firstMs = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN;
      const { recordedMs, touchedMs, answeredMs } = window.painted;
      // What a frame begins with is painted with it, at the earliest with the first paint.
      return {
        firstMs,
        recordedMs: Math.max(firstMs, recordedMs ?? NaN),
        answerMs: (answeredMs ?? NaN) - (touchedMs ?? NaN),
      };
    });
  } finally {
    await browser.close();
  }
}

const timeout = 120_000;

/** Runs in the page before its own scripts; its functions have no names, see `installMarks`. */
function notePaints(): void {
  window.painted = { recordedMs: null, touchedMs: null, answeredMs: null };
  window.addEventListener(
    "pointerdown",
    ({ timeStamp }) => {
      window.painted.touchedMs ??= timeStamp;
    },
    { capture: true },
  );
  // What is in the document when a frame begins is on screen at its end.
  const look = [
    (): void => {
      const { painted } = window;
      if (document.querySelector(".plot-penalty .plot-dots")?.getClientRects().length) {
        painted.recordedMs ??= performance.now();
      }
      if (document.querySelector("dialog[open]")) painted.answeredMs ??= performance.now();
      if (painted.answeredMs === null) requestAnimationFrame(() => look[0]?.());
    },
  ];
  requestAnimationFrame(() => look[0]?.());
}
