import { expect } from "@playwright/test";
import { brief, open, run, untilFinished } from "./page/lab-page";
import { test } from "./page/lab-test";

test("keys and the pointer move the stitch, and drawing, table and text agree", async ({
  page,
}) => {
  await open(page, brief.replace("&sites=3", ""));
  const stitch = page.getByRole("slider", { name: "Stitched after layer" });
  await stitch.focus();
  await page.keyboard.press("Home");
  await expect(stitch).toHaveAttribute("aria-valuetext", /^stage 1\./);
  await run(page);
  await untilFinished(page);
  const chosen = page.locator("tr.chosen");
  await expect(chosen.getByRole("rowheader")).toHaveText("stage 1");
  await page.keyboard.press("Tab");
  await stitch.focus();
  await page.keyboard.press("ArrowRight");
  await expect(chosen.getByRole("rowheader")).toHaveText("stage 2");
  await expect(stitch).toHaveAttribute("aria-valuetext", /^stage 2\. Extra error: [+−]?\d/);

  // A click on the table, then a drag of the stitch to the far end.
  await page.getByRole("rowheader", { name: "stage 3" }).click();
  await page.mouse.move(0, 0);
  await expect(stitch).toHaveAttribute("aria-valuenow", "3");
  const drawing = page.locator(".diagram svg");
  await drawing.scrollIntoViewIfNeeded();
  const box = await drawing.boundingBox();
  if (!box) throw new Error("no drawing");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.8);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 5, box.y + box.height * 0.8, { steps: 5 });
  await page.mouse.up();
  await expect(stitch).toHaveAttribute("aria-valuetext", /^stage 4\./);
});

test("in a narrow drawing in presentation mode, the stitch moves to the pressed block", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/?present${brief.replace("&sites=3", "")}`);
  const stitch = page.getByRole("slider", { name: "Stitched after layer" });
  const blocks = page.locator(".diagram .of-bottom .block:not(.end)");
  await expect(blocks).toHaveCount(4);
  for (const layer of [3, 0, 2, 1]) {
    await blocks.nth(layer).click();
    await expect(stitch).toHaveAttribute("aria-valuenow", String(layer + 1));
  }
});
