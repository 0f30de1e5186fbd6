/** Frames in other pages: their height depends on how a browser lays them out. */
import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { presets } from "../../../../../src/experiment/figures";
import { frameHeights } from "../../../../../src/lab/share/address/lesson-address";
import { closePage, mountPage } from "../../mounted-page";

test("the chart fits the frame that the embed code gives it, also on a phone", async () => {
  await mountPage("?embed#figure=seeds");
  await expect.element(page.getBySelector(".plot-penalty .plot-curve").first()).toBeInTheDocument();
  for (const width of [360, 400, 640, 960]) {
    await page.viewport(width, frameHeights.chart);
    const { scrollHeight, scrollWidth } = document.documentElement;
    expect(scrollHeight, `height at ${width}`).toBeLessThanOrEqual(frameHeights.chart);
    expect(scrollWidth, `width at ${width}`).toBeLessThanOrEqual(width);
  }
});

test("the prediction fits the frame of its embed code, which covers the result", async () => {
  await mountPage("#figure=seeds");
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("checkbox", { name: "Predict first" }).click();
  const code = page.getByRole("textbox", { name: "Embed code", exact: true }).element();
  const frame = new DOMParser()
    .parseFromString((code as HTMLTextAreaElement).value, "text/html")
    .querySelector("iframe");
  if (!frame) throw new Error("the code has no frame");
  const { search, hash } = new URL(frame.src);
  expect(search).toBe("?embed&predict");

  closePage();
  await mountPage(search + hash);
  const reveal = page.getByRole("button", { name: "Reveal" });
  await expect.element(reveal).toBeVisible();
  expect(page.getBySelector(".plot-dots").element().getAttribute("d")).toBe("");
  const link = page.getByRole("link", { name: /^Open in Stitch Lab/ }).element();
  expect(new URL((link as HTMLAnchorElement).href).search).toBe("?predict");
  for (const [width, height] of [
    // As docs/teaching.md says.
    [400, 800],
    [500, Number(frame.height)],
    [960, Number(frame.height)],
  ] as const) {
    await page.viewport(width, height);
    const { scrollHeight, scrollWidth } = document.documentElement;
    expect(scrollHeight, `height at ${width}`).toBeLessThanOrEqual(height);
    expect(scrollWidth, `width at ${width}`).toBeLessThanOrEqual(width);
  }
  await page.getByRole("button", { name: "Skip prediction" }).click();
  await expect.element(page.getByRole("heading", { name: /^Stitching penalty/ })).toBeVisible();
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

test("chosen figures are slides at once, in the order of the ticks, and end with the last", async () => {
  await mountPage("#figure=seeds");
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("button", { name: "Choose slides…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("checkbox", { name: "Positions shuffled" }).click();
  await dialog.getByRole("checkbox", { name: "More width", exact: true }).click();
  await dialog.getByRole("button", { name: "Present these figures" }).click();
  const heading = page.getBySelector(".figure-head h2");
  await expect.element(page.getByText("1 of 2 in this lesson")).toBeVisible();
  await expect.element(heading).toHaveTextContent(presets.shuffled.question);
  await page.getByRole("button", { name: "Next figure: More width", exact: true }).click();
  await expect.element(heading).toHaveTextContent(presets.width.question);
  await expect.element(page.getByRole("button", { name: "Next figure" })).toBeDisabled();
});
