/** The drawing of networks that are deep or of different kinds: where things lie needs a browser. */
import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { presets } from "../../../../src/experiment/figures";
import { sitesOf } from "../../../../src/experiment/sites";
import { mountPage, servedZoo } from "../mounted-page";

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
      // A phone has triangles instead of the strip.
      if (width >= 500) {
        expect(middleOf(boxOf(".plot-strip .plot-whiskers line"))).toBeCloseTo(inView, 0);
      }
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

test("between networks of different kinds, lines join the layers that meet", async () => {
  await mountPage("#figure=transformer");
  await expect.element(slider).toBeInTheDocument();
  const { models } = await servedZoo();
  const [{ top, bottom }] = presets.transformer.spec.curves;
  const architectureOf = (id: string) => {
    const found = models.find((model) => model.id === id);
    if (!found) throw new Error(`no ${id}`);
    return found.architecture;
  };
  const places = sitesOf(architectureOf(bottom), architectureOf(top), "diagonal");
  const blocks = (role: string): readonly DOMRect[] =>
    [...document.querySelectorAll(`.drawing .of-${role} .block`)].map((block) =>
      block.getBoundingClientRect(),
    );
  const [above, below] = [blocks("top"), blocks("bottom")];
  const lines = [...document.querySelectorAll(".drawing .meeting")];
  expect(lines).toHaveLength(places.length);
  // The bottom has fewer layers, so that one of them meets several.
  expect(below.length).toBeLessThan(above.length);
  places.forEach(({ bottomTap, topTap }, k) => {
    const line = lines[k]?.getBoundingClientRect();
    const [from, to] = [below[bottomTap], above[topTap]];
    if (!line || !from || !to) throw new Error("no line");
    const ends = [middleOf(from), middleOf(to)].toSorted((a, b) => a - b);
    expect(line.left).toBeCloseTo(ends[0] ?? NaN, 0);
    expect(line.right).toBeCloseTo(ends[1] ?? NaN, 0);
    expect(line.top).toBeCloseTo(to.bottom, 0);
    expect(line.bottom).toBeCloseTo(from.top, 0);
  });
});

test("between networks of one kind, the axis says which layers meet", async () => {
  await mountPage("#figure=seeds");
  await expect.element(slider).toBeInTheDocument();
  expect(document.querySelectorAll(".drawing .meeting")).toHaveLength(0);
});
