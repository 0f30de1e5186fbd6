/** What the tests do on the page, in a visitor's words. */
import { readFile } from "node:fs/promises";
import {
  expect,
  type BrowserContext,
  type FrameLocator,
  type Locator,
  type Page,
} from "@playwright/test";
import { reportSchema, type CurveReport, type Report } from "../../../src/experiment/report";

/** A run of seconds: the smaller networks, little data, their last site. */
export const brief =
  "#v=3&bottom=myrtle-w16-s1&top=myrtle-w16-s0&protocol=glance&sites=3&train=128&test=128&backend=wasm";

export async function open(page: Page, hash: string): Promise<void> {
  await page.goto(`/${hash}`);
  await expect(runPanel(page)).toBeVisible();
}

/** Changes the open page's hash, and returns once the page has been told: a press before that is the old experiment's. */
export async function changeHash(page: Page, hash: string): Promise<void> {
  await page.evaluate(
    (changed) =>
      new Promise((resolve) => {
        window.addEventListener("hashchange", resolve, { once: true });
        window.location.hash = changed;
      }),
    hash,
  );
}

/**
 * Waits until the script has taken the page over that the build has written: only then does the
 * figure have its verdict.
 */
export async function untilLive(page: Page): Promise<void> {
  await page.mouse.move(5, 5);
  await expect(page.locator(".verdict strong")).toBeVisible();
}

/** Waits until the penalties are plotted. */
export async function untilDrawn(page: Page | FrameLocator): Promise<void> {
  await expect(pointsOf(page.locator(".picture")).first()).toHaveAttribute("d", /h0/);
}

/** Every curve's points, as lines of no length: one path a curve. */
export function pointsOf(plot: Locator): Locator {
  return plot.locator(".plot-dots:not(.plot-hollow)");
}

export function stitch(page: Page): Locator {
  return page.getByRole("slider", { name: "Stitched after layer" });
}

/** They are closed at first. */
export async function openSettings(page: Page): Promise<Locator> {
  // On a phone the button names the networks, too.
  await page.getByRole("button", { name: /^Settings/ }).click();
  const settings = page.getByRole("complementary", { name: "Settings" });
  await expect(settings).toBeVisible();
  return settings;
}

export async function openGallery(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: /^Figures: / }).click();
  const gallery = page.getByRole("dialog", { name: /^Figures/ });
  await expect(gallery).toBeVisible();
  return gallery;
}

/** Presses an entry of the menu "More". */
export async function pressInMenu(page: Page, name: string): Promise<void> {
  await page.locator("summary", { hasText: "More" }).click();
  await page.getByRole("button", { name, exact: true }).click();
}

/** Presses a switch in the menu of the plot of penalties. */
export async function pressInView(page: Page, name: string): Promise<void> {
  await page.locator(".plot-head summary", { hasText: "View" }).click();
  await page.getByRole("button", { name, exact: true }).click();
}

/** From the gallery. */
export async function openFigure(page: Page, title: string): Promise<void> {
  await openGallery(page);
  // What follows the title may name another figure's.
  await page
    .getByRole("dialog")
    .getByRole("button", { name: new RegExp(`^${title}`) })
    .click();
}

export function runPanel(page: Page): Locator {
  return page.getByRole("region", { name: "Run", exact: true });
}

export function runButton(page: Page): Locator {
  return runPanel(page).getByRole("button", { name: /^Run(?! this pair)/ });
}

/** Presses Run once it can be pressed; the backend may still be looked for. */
export async function run(page: Page): Promise<void> {
  await expect(runButton(page)).toBeEnabled({ timeout: 60_000 });
  await runButton(page).click();
}

export async function untilFinished(page: Page): Promise<void> {
  await expect(page.getByRole("button", { name: "Download report" })).toBeVisible({
    timeout: 200_000,
  });
}

/** The report as the visitor gets it. */
export async function downloadReport(page: Page): Promise<Report> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download report" }).click(),
  ]);
  const json: unknown = JSON.parse(await readFile(await download.path(), "utf8"));
  return reportSchema.parse(json);
}

/** The table's cells at one layer: penalty, least squares where it was trained, similarity, and so on. */
export function cellsAt(page: Page, layer: string): Locator {
  const name = page.getByRole("rowheader", { name: layer, exact: true });
  return page.getByRole("row").filter({ has: name }).getByRole("cell");
}

/** What is under way, which changes many times a second. */
export function activity(page: Page): Locator {
  return page.locator(".run-status");
}

/** One worker whatever the machine, so that layers are finished one after another. */
export async function withOneWorker(target: BrowserContext | Page): Promise<void> {
  await target.addInitScript(() => {
    Object.defineProperty(navigator, "hardwareConcurrency", { get: () => 1 });
  });
}

/** A report without how long things took. */
export function withoutTimes(report: Report): object {
  const untimed = ({ sites, ...networks }: CurveReport): object => ({
    ...networks,
    sites: sites.map((site) => ({ ...site, seconds: 0 })),
  });
  return { ...report, curves: report.curves.map(untimed) };
}
