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

test("a training goes on offline after a reload, and a later visit lists it with its mistakes", async ({
  page,
  context,
}) => {
  await open(page, "#v=3&bottom=resnet18-w4-s0&top=resnet18-w4-s0&protocol=glance&backend=wasm");
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  const dialog = page.getByRole("dialog", { name: "Train a network" });
  const openTrainings = async (): Promise<void> => {
    await page.getByRole("button", { name: /^Bottom network:/ }).click();
    await page.getByRole("tab", { name: "Train", exact: true }).click();
    await page.getByRole("button", { name: "Train a network…" }).click();
  };
  await openTrainings();
  await dialog.getByLabel("Training images").selectOption({ label: "1,000" });
  await dialog.getByRole("button", { name: "Train", exact: true }).click();
  const card = dialog.getByRole("region", { name: /ResNet-18, 4 filters, seed 0/ });
  // An epoch's checkpoint is kept.
  const accuracy = card.getByRole("figure", { name: /accuracy/ });
  await expect(accuracy).toBeVisible({ timeout: 120_000 });

  await context.setOffline(true);
  await page.reload();
  const strip = page.getByRole("region", { name: "Trainings" });
  await strip.getByRole("button", { name: /^Continue/ }).click();
  await expect(strip).toContainText("loss", { timeout: 60_000 });
  await strip.getByRole("button", { name: /^Stop and keep/ }).click();
  await expect(strip).toContainText("Stopped at", { timeout: 60_000 });

  await page.reload();
  await openTrainings();
  await expect(card).toContainText("Stopped at");
  await expect(accuracy).toBeVisible();
  await expect(card.getByRole("heading", { name: /^What it gets wrong/ })).toBeVisible();
  await expect(card.getByRole("img").first()).toBeVisible();
  // It has ended: above the experiment nothing is said of it.
  await expect(strip).toHaveCount(0);
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
