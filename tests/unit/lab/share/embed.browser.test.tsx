/** Frames in other pages: their height depends on how a browser lays them out. */
import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { frameHeights } from "../../../../src/lab/share/lesson-address";
import { mountPage } from "../mounted-page";

test("the chart fits the frame that the embed code gives it, at two widths", async () => {
  await mountPage("?embed#figure=seeds");
  await expect.element(page.getBySelector(".plot-penalty .plot-curve").first()).toBeInTheDocument();
  for (const width of [640, 960]) {
    await page.viewport(width, frameHeights.chart);
    const { scrollHeight, scrollWidth } = document.documentElement;
    expect(scrollHeight, `height at ${width}`).toBeLessThanOrEqual(frameHeights.chart);
    expect(scrollWidth, `width at ${width}`).toBeLessThanOrEqual(width);
  }
});

test("ticked figures make a lesson, in the order of the ticks", async () => {
  await mountPage("#figure=seeds");
  await page.getByRole("button", { name: "Share" }).click();
  const link = page.getByRole("textbox", { name: "Link" });
  await page.getByText("Lesson", { exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("checkbox", { name: "Positions shuffled" }).click();
  await dialog.getByRole("checkbox", { name: "Different seeds" }).click();
  expect((link.element() as HTMLInputElement).value).toContain("?lesson=shuffled,seeds#");
  // A lesson without the open figure begins with its own first.
  await dialog.getByRole("checkbox", { name: "Different seeds" }).click();
  expect((link.element() as HTMLInputElement).value).toMatch(
    /\?lesson=shuffled#.*perturbation|shuffle/,
  );
});
