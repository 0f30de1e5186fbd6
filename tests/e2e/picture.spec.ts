/** The picture with its one layer axis: the keyboard and the pointer, in a page that has results. */
import { expect, type Locator } from "@playwright/test";
import {
  brief,
  open,
  openFigure,
  pressInView,
  run,
  stitch,
  untilDrawn,
  untilFinished,
} from "./page/lab-page";
import { presets } from "../../src/experiment/figures";
import { test } from "./page/lab-test";

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (!box) throw new Error("not drawn");
  return box;
}

test("keys and the pointer move the stitch, and drawing, table and text agree", async ({
  page,
}) => {
  await open(page, brief.replace("&sites=3", ""));
  const slider = stitch(page);
  await slider.focus();
  await page.keyboard.press("Home");
  await expect(slider).toHaveAttribute("aria-valuetext", /^stage 1\./);
  await run(page);
  await untilFinished(page);
  const chosen = page.locator("tr.chosen");
  await expect(chosen.getByRole("rowheader")).toHaveText("stage 1");
  await page.keyboard.press("Tab");
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  await expect(chosen.getByRole("rowheader")).toHaveText("stage 2");
  await expect(slider).toHaveAttribute("aria-valuetext", /^stage 2\. Extra error: [+−]?\d/);
  const sentence = page.locator(".stage-sentence p");
  await expect(sentence).toContainText("up to stage 2 ");
  await expect(sentence).toContainText(/Extra error: [+−]?\d/);

  // A click on the table, then a drag of the stitch to the far end.
  await page.getByRole("rowheader", { name: "stage 3" }).click();
  await page.mouse.move(0, 0);
  await expect(slider).toHaveAttribute("aria-valuenow", "3");
  const handle = page.locator(".stitch-handle");
  await handle.scrollIntoViewIfNeeded();
  const box = await boxOf(handle);
  const plot = await boxOf(page.locator(".drawing .plot-inner"));
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(plot.x + plot.width - 5, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  await expect(slider).toHaveAttribute("aria-valuetext", /^stage 4\./);
});

test("in presentation mode the stitch moves to the pressed block", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/?present${brief.replace("&sites=3", "")}`);
  const blocks = page.locator(".drawing .of-bottom .block");
  await expect(blocks).toHaveCount(4);
  for (const layer of [3, 0, 2, 1]) {
    await blocks.nth(layer).click();
    await expect(stitch(page)).toHaveAttribute("aria-valuenow", String(layer + 1));
  }
});

test("a layer is one vertical line: its blocks, its name, the stitch and the cursor", async ({
  page,
}) => {
  await open(page, "");
  await untilDrawn(page);
  const middle = async (locator: Locator): Promise<number> => {
    const { x, width } = await boxOf(locator);
    return x + width / 2;
  };
  for (const layer of [0, 4, 8]) {
    const name = page.locator(".axis-name").nth(layer);
    await name.click();
    for (const part of [
      page.locator(".drawing .of-top .block").nth(layer),
      page.locator(".drawing .of-bottom .block").nth(layer),
      page.locator(".stitch-handle > rect"),
      page.locator(".picture-cursor span"),
    ]) {
      // The cursor glides to its place.
      await expect
        .poll(async () => Math.abs((await middle(part)) - (await middle(name))))
        .toBeLessThan(1.5);
    }
  }
});

test("a name puts its curve in front, which drawing and sentence follow; its cross hides it until it is shown again", async ({
  page,
}) => {
  await open(page, "");
  await untilDrawn(page);
  const plot = page.locator(".plot-penalty");
  const sentence = page.locator(".stage-sentence p");
  await expect(sentence).toContainText("ResNet-18, seed 1");
  const third = plot.getByRole("button", { name: /^a third seed/ });
  await third.click();
  await expect(third).toHaveAttribute("aria-pressed", "true");
  await expect(sentence).toContainText("ResNet-18, seed 2");
  await expect(page.locator(".drawing-owner.of-bottom")).toContainText("ResNet-18, seed 2");

  await plot.getByRole("button", { name: "Hide five-layer CNNs" }).click();
  const hidden = plot.getByRole("button", { name: /five-layer CNNs/ });
  await expect(hidden).toHaveCount(0);
  await page.getByRole("button", { name: "Show five-layer CNNs" }).click();
  await expect(hidden.first()).toBeVisible();
});

test("“One scale” puts a control on the others’ scale, and the address keeps it", async ({
  page,
}) => {
  await open(page, "");
  await untilDrawn(page);
  await expect(page.locator(".plot-strip")).toHaveCount(1);
  await pressInView(page, "One scale");
  await expect(page.locator(".plot-strip")).toHaveCount(0);
  await expect(page.locator(".plot-tick", { hasText: /^\+60$/ })).toBeVisible();
  await expect(page).toHaveURL(/\?one-scale/);
  await page.reload();
  // Until then the page may be the one that the build has written, or without its curves.
  await expect(page.locator(".plot-tick", { hasText: /^\+60$/ })).toBeVisible();
  await expect(page.locator(".plot-strip")).toHaveCount(0);
  await pressInView(page, "One scale");
  await expect(page.locator(".plot-strip")).toHaveCount(1);
  await expect(page).not.toHaveURL(/one-scale/);
});

test("Back and Forward go through figures, and a short address opens one", async ({ page }) => {
  await open(page, "#figure=random");
  const opened = (name: keyof typeof presets) =>
    expect(page.getByRole("button", { name: `Figures: ${presets[name].title}` })).toBeVisible();
  await opened("random");
  await openFigure(page, presets.seeds.title);
  await opened("seeds");
  await page.goBack();
  await opened("random");
  await page.goForward();
  await opened("seeds");
});
