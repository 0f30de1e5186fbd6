import { readFile, writeFile } from "node:fs/promises";
import { expect, test, type Page } from "@playwright/test";
import { open, runPanel, untilDrawn } from "./page/lab-page";

test.use({ serviceWorkers: "allow" });

test("after a first visit the page opens without a network, recorded result and all", async ({
  page,
  context,
}) => {
  await open(page, "");
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Saved result" })).toBeVisible();
  await untilDrawn(page);
  await page.getByRole("button", { name: /^Figures: / }).click();
  await expect(page.locator(".figure-button svg").first()).toBeVisible();
});

test("a newer version is offered, and opens on request", async ({ page }) => {
  await open(page, "");
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  // The same worker with one line more is a newer version.
  const served = "dist/sw.js";
  const built = await readFile(served, "utf8");
  await writeFile(served, `${built}\n// newer`);
  try {
    await openNewer(page);
  } finally {
    await writeFile(served, built);
  }
});

async function openNewer(page: Page): Promise<void> {
  await page.reload();
  const offer = page.getByText("A new version is available.");
  await expect(offer).toBeVisible();
  await Promise.all([
    page.waitForEvent("load"),
    page.getByRole("button", { name: "Update" }).click(),
  ]);
  await expect(runPanel(page)).toBeVisible();
  await expect(offer).toHaveCount(0);
}
