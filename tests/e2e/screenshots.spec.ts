/**
 * The main views beside the pictures in tests/e2e/screenshots. Where a change of looks is meant,
 * make them anew with `npx playwright test tests/e2e/screenshots.spec.ts --update-snapshots=all` and
 * look at them.
 */
import { expect, type Page } from "@playwright/test";
import { test } from "./page/lab-test";
import {
  brief,
  openGallery,
  openSettings,
  run,
  runButton,
  untilFinished,
  untilLive,
} from "./page/lab-page";

// The page's own policy refuses the style that makes pictures comparable between machines.
test.use({ bypassCSP: true });

interface View {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly address: string;
  /** Opens it on the page; absent where the address does. */
  readonly open?: (page: Page) => Promise<void>;
}

const gridAddress = brief.replace("&sites=3", "&layout=grid");

const screen = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

const small = { width: 1024, height: 768 };
const slide = { width: 1920, height: 1080 };

const seen = { address: "?see-stitch#figure=seeds", open: untilSeen };

const views: readonly View[] = [
  { name: "first", ...screen, address: "" },
  { name: "small", ...small, address: "" },
  { name: "phone", ...phone, address: "" },
  { name: "slide", ...slide, address: "?present#figure=seeds", open: wholeSlide },
  { name: "grid", ...screen, address: gridAddress, open: runGrid },
  { name: "inspector", ...screen, address: "", open: inspect },
  { name: "inspector-small", ...small, address: "", open: inspect },
  { name: "inspector-phone", ...phone, address: "", open: inspect },
  { name: "gallery", ...screen, address: "", open: gallery },
  { name: "gallery-small", ...small, address: "", open: gallery },
  { name: "gallery-phone", ...phone, address: "", open: gallery },
  { name: "see-stitch", ...screen, ...seen },
  { name: "see-stitch-small", ...small, ...seen },
  { name: "see-stitch-phone", ...phone, ...seen },
  { name: "settings", ...screen, address: "", open: settings },
  { name: "settings-phone", ...phone, address: "", open: settings },
  { name: "predict", ...screen, address: "?predict", open: untilPredicted },
];

for (const { name, width, height, address, open } of views) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`the page looks as it should: ${name}, ${colorScheme}`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.goto(`/${address}`);
      await useOneFont(page);
      if (address === "") await untilLive(page);
      // What it computes on is known: the words beside Run do not change any more.
      if (open !== untilSeen) await expect(runButton(page)).toBeEnabled({ timeout: 60_000 });
      await open?.(page);
      await expect(page).toHaveScreenshot(`${name}-${colorScheme}.png`, {
        animations: "disabled",
        // Edges of letters differ a little from machine to machine.
        threshold: 0.3,
        maxDiffPixelRatio: 0.01,
      });
    });
  }
}

async function runGrid(page: Page): Promise<void> {
  await run(page);
  await untilFinished(page);
  // It comes late, at the foot.
  await expect(page.getByText("In a terminal:")).toBeVisible();
  await page.getByRole("heading", { name: /^Result/ }).evaluate((title) => title.scrollIntoView());
}

async function inspect(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Inspect", exact: true }).click();
  const drawer = page.getByRole("dialog", { name: /^Inside the stitch/ });
  await expect(drawer).toBeVisible();
  await expect(drawer.locator("[aria-busy=true]")).toHaveCount(0);
}

async function wholeSlide(page: Page): Promise<void> {
  // A slide that has only just appeared may not have its keys yet.
  await expect(async () => {
    await page.keyboard.press("End");
    const last = page.getByRole("heading", { name: "Similarity", exact: true });
    await expect(last).toBeVisible({ timeout: 2_000 });
  }).toPass();
}

/** The stitch is fitted, and its penalty known. */
async function untilSeen(page: Page): Promise<void> {
  const status = page.getByRole("dialog").getByRole("status");
  await expect(status).toContainText(/on [\d,]+ test images/, { timeout: 120_000 });
}

async function settings(page: Page): Promise<void> {
  await openSettings(page);
}

async function untilPredicted(page: Page): Promise<void> {
  await expect(page.locator(".predict-handle").first()).toBeVisible();
}

async function gallery(page: Page): Promise<void> {
  const cards = (await openGallery(page)).locator(".figure-button svg");
  await expect(cards.first()).toBeVisible();
}

/** Machines have different fonts; the page's own is everywhere. */
async function useOneFont(page: Page): Promise<void> {
  await page.addStyleTag({ content: `* { font-family: "Inter Variable" !important; }` });
  await page.evaluate(() => document.fonts.ready);
}
