import { expect, test } from "@playwright/test";
import { presetNames, presets } from "../../src/experiment/presets";
import { open } from "./lab-page";

test("the tour walks over the live page in five steps, by keyboard too, and can be left", async ({
  page,
}) => {
  await open(page, "");
  await page.getByRole("button", { name: "Tour" }).click();
  const card = page.getByRole("dialog", { name: /^Tour, step/ });
  for (const step of [1, 2, 3, 4, 5]) {
    await expect(card).toHaveAccessibleName(new RegExp(`step ${String(step)} of 5`));
    // What it speaks of is on the screen, within its frame.
    await expect(page.locator(".tour-frame")).toBeInViewport();
    const frame = await page.locator(".tour-frame").boundingBox();
    expect(frame?.width).toBeGreaterThan(20);
    await card.getByRole("button", { name: step === 5 ? "Done" : "Next" }).press("Enter");
  }
  await expect(card).toHaveCount(0);

  await page.getByRole("button", { name: "Tour" }).click();
  await page.keyboard.press("Escape");
  await expect(card).toHaveCount(0);
});

test("a word of the charts is explained where it stands", async ({ page }) => {
  await open(page, "");
  await page.getByRole("button", { name: "Help: Stitching penalty" }).click();
  const explanation = page.getByText("minus the top network’s own, in percentage points");
  await expect(explanation).toBeInViewport();
  await page.keyboard.press("Escape");
  await expect(explanation).toBeHidden();
});

test("the method and its traps are told in plain words", async ({ page }) => {
  await open(page, "");
  await page.getByRole("button", { name: "How it works" }).click();
  const view = page.getByRole("dialog", { name: "How stitching works" });
  await expect(view.getByText("Near the input, a low penalty says little")).toBeVisible();
  await view.getByRole("button", { name: "Close" }).click();
  await expect(view).toHaveCount(0);
});

test("the gallery draws every recorded figure, and opens one with a click", async ({ page }) => {
  await open(page, "");
  await page.getByRole("button", { name: "Figures" }).click();
  const gallery = page.getByRole("dialog", { name: /^Figures/ });
  await expect(gallery.locator(".figure-button svg").first()).toBeVisible();
  const figure = gallery.getByRole("button", { name: presets.protocol.title });
  await expect(figure.locator("svg")).toHaveCount(2);
  await figure.click();
  await expect(gallery).toHaveCount(0);
  await expect(page.getByRole("heading", { name: presets.protocol.title })).toBeVisible();
  await page.getByRole("button", { name: /^Next figure/ }).click();
  await expect(page.getByRole("heading", { name: presets.protocol.title })).toHaveCount(0);
  expect(presetNames).toContain("protocol");
});

test("networks are searched, filtered and added as curves", async ({ page }) => {
  await open(page, "#v=2&bottom=resnet18-w16-s1&top=resnet18-w16-s0&protocol=glance&backend=wasm");
  await page.getByRole("button", { name: "Browse bottom networks" }).click();
  const view = page.getByRole("dialog", { name: "Choose the bottom network" });
  await view.getByLabel("Search").fill("never trained");
  await expect(view.getByRole("listitem").first()).toContainText("random");
  await view.getByRole("button", { name: /^Add as another curve.*resnet18-w16-random/ }).click();
  await view.getByRole("button", { name: "Close" }).click();
  await expect(page).toHaveURL(/&also=resnet18-w16-random/);

  await page.getByRole("button", { name: "Browse top networks" }).click();
  const tops = page.getByRole("dialog", { name: "Choose the top network" });
  await tops.getByLabel("Architecture").selectOption("ResNet-18, 8 filters");
  await tops.getByRole("button", { name: "Use resnet18-w8-s0" }).click();
  await expect(page.getByLabel("Top network")).toHaveValue("resnet18-w8-s0");
  await page.getByRole("button", { name: "Browse top networks" }).click();
  await tops.getByLabel("Search").fill("no such network");
  await expect(tops.getByText("No matching networks.")).toBeVisible();
  await tops.getByRole("button", { name: "Show all" }).click();
  await expect(tops.getByRole("listitem").first()).toBeVisible();
});
