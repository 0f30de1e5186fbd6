/** A picture of 82 layers, at the sizes of screens: how wide things are needs a browser. */
import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { mountPage } from "../mounted-page";

const slider = page.getByRole("slider", { name: "Stitched after layer" });

function boxOf(selector: string): DOMRect {
  const element = document.querySelector(selector);
  if (!element) throw new Error(`no ${selector}`);
  return element.getBoundingClientRect();
}

function middleOf({ left, width }: DOMRect): number {
  return left + width / 2;
}

test.for([
  [1440, 900],
  [1024, 768],
  [390, 844],
] as const)(
  "at %i × %i the stages, the replaced layer and the cursor of 164 layers can be seen, on one axis",
  async ([width, height]) => {
    await mountPage("#figure=deeper");
    await page.viewport(width, height);
    await expect.element(slider).toBeInTheDocument();
    await expect.element(page.getBySelector(".plot-penalty .plot-curve").first()).toBeVisible();
    for (const key of ["Home", "ArrowRight", "End"]) {
      (slider.element() as SVGElement).focus();
      await userEvent.keyboard(`{${key}}`);
      const wanted = { Home: 1, ArrowRight: 2, End: 10 }[key];
      await expect.element(slider).toHaveAttribute("aria-valuenow", String(wanted));
      const replaced = boxOf(".of-top .replaced");
      // Three stages a network, one of them in two parts, instead of 82 slivers.
      const blocks = [...document.querySelectorAll(".drawing .block:not(.replaced)")];
      expect(blocks.length).toBeLessThanOrEqual(8);
      for (const block of blocks) expect(block.getBoundingClientRect().width).toBeGreaterThan(2);
      expect(replaced.width).toBeGreaterThanOrEqual(8);
      const inView = middleOf(boxOf(".axis-name.in-view"));
      expect(middleOf(replaced)).toBeCloseTo(inView, 0);
      expect(middleOf(boxOf(".stitch-line"))).toBeCloseTo(inView, 0);
      expect(middleOf(boxOf(".plot-strip .plot-whiskers line"))).toBeCloseTo(inView, 0);
      // The cursor's way takes a moment.
      await expect
        .poll(() => Math.abs(middleOf(boxOf(".picture-cursor span")) - inView))
        .toBeLessThan(1);
      const cursor = boxOf(".picture-cursor span");
      expect(cursor.width).toBeGreaterThanOrEqual(10);
      expect(cursor.left).toBeGreaterThanOrEqual(0);
      expect(cursor.right).toBeLessThanOrEqual(width);
    }
    for (const shape of document.querySelectorAll(".stage-shape")) {
      expect(shape.scrollWidth).toBeLessThanOrEqual(shape.clientWidth);
    }
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
  },
);
