/** From the sentence to the settings: both are components of the page. */
import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { mountPage, openSettings } from "../mounted-page";

const images = page.getByRole("button", { name: "10,000 images" });

test("a part of the sentence opens the settings at its control", async () => {
  await mountPage("#figure=seeds");
  await images.click();
  await expect.element(page.getByLabelText("Training images")).toHaveFocus();
  await expect.element(page.getByLabelText("Training images")).toBeInViewport();
});

test("a part of the sentence leads to its control in open settings, too, and again", async () => {
  await mountPage("#figure=seeds");
  await openSettings();
  await page.getByRole("button", { name: "trained quickly" }).click();
  await expect.element(page.getByRole("radio", { name: /^quick/ })).toHaveFocus();
  await page.getByRole("button", { name: /^\d+ other curves$/ }).click();
  await expect.element(page.getByRole("list", { name: "Also in the charts" })).toHaveFocus();
  await page.getByRole("button", { name: "trained quickly" }).click();
  await expect.element(page.getByRole("radio", { name: /^quick/ })).toHaveFocus();
});
