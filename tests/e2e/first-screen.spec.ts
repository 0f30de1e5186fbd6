/** What the first screen shows and offers: only the built page has all of its parts in their places. */
import { expect, test, type Page } from "@playwright/test";
import { open, openSettings, runButton, untilDrawn, untilLive } from "./page/lab-page";

interface Control {
  readonly name: string;
  readonly kind: "primary" | "secondary" | "menu" | "field" | "words";
  /** Whether it has a visible border or ground of its own. */
  readonly looksPressable: boolean;
}

/**
 * All that can be pressed within the window. A *menu* opens others. *Words* are parts of a text that
 * open what they name: the sentence of the experiment, the figure's name with its neighbours, the
 * sentence on the stitch, the verdict, terms, names of curves and of networks. Every other button is
 * an action, and one of them is the primary one.
 */
function controls(page: Page): Promise<readonly Control[]> {
  return page.evaluate(() => {
    const words =
      ".line-part, .figure-picker > button, .text-link, .verdict > summary, .term, .plot-label button";
    const isClear = (colour: string): boolean => /^(transparent|rgba\(.*, 0\))$/.test(colour);
    const found = [...document.querySelectorAll("button, summary, select, a[href], [role=button]")];
    return found
      .filter((control) => {
        const { left, right, top, bottom } = control.getBoundingClientRect();
        const inWindow = top < innerHeight && left < innerWidth && bottom > 0 && right > 0;
        return inWindow && right > left && control.checkVisibility({ visibilityProperty: true });
      })
      .map((control) => {
        const own = [control, ...control.querySelectorAll("*")].map((part) =>
          getComputedStyle(part),
        );
        const around = control.parentElement && getComputedStyle(control.parentElement);
        const looksPressable = own.some(
          (style) =>
            (parseFloat(style.borderTopWidth) > 0 && !isClear(style.borderTopColor)) ||
            (!isClear(style.backgroundColor) &&
              style.backgroundColor !== around?.backgroundColor &&
              control.matches(":not(.figure-picker > button)")),
        );
        const kind = control.matches(".primary")
          ? "primary"
          : control.matches(".menu > summary")
            ? "menu"
            : control.matches("select")
              ? "field"
              : control.matches(words)
                ? "words"
                : "secondary";
        return { name: (control.textContent || control.ariaLabel) ?? "", kind, looksPressable };
      });
  });
}

test("at 1440 by 900 there is one primary action, and at most four others are visible", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, "");
  await untilLive(page);
  await expect(runButton(page)).toBeEnabled({ timeout: 60_000 });
  const all = await controls(page);
  const namesOf = (kind: Control["kind"]): readonly string[] =>
    all.filter((control) => control.kind === kind).map(({ name }) => name);
  expect(namesOf("primary")).toEqual(["Run here"]);
  expect(namesOf("secondary").length, namesOf("secondary").join(", ")).toBeLessThanOrEqual(4);
  expect(namesOf("menu")).toEqual(["More", "View"]);
  // Nothing else looks like a button.
  expect(
    all.filter(
      ({ kind, looksPressable }) => looksPressable && kind !== "primary" && kind !== "secondary",
    ),
  ).toEqual([]);
  // A word of a sentence is underlined; it has no box.
  expect(namesOf("words")).toContain("Inspect");
});

// The second one has the longest claim of all.
for (const address of ["", "#figure=protocol"]) {
  test(`at 390 by 844 the penalties are on the first screen, and so is Run: ${address}`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page, address);
    await untilLive(page);
    await untilDrawn(page);
    const curves = await page.locator(".plot-penalty .plot-inner").boundingBox();
    const bar = await page.locator(".experiment-bar").boundingBox();
    const run = await runButton(page).boundingBox();
    if (!curves || !bar || !run) throw new Error("nothing is drawn");
    // What the bar covers is not seen.
    expect(bar.y + bar.height).toBe(844);
    expect(curves.y).toBeGreaterThan(0);
    expect(Math.min(bar.y, curves.y + curves.height) - curves.y).toBeGreaterThanOrEqual(200);
    await expect(page.locator(".drawing")).toBeInViewport({ ratio: 1 });
    const claim = page.getByRole("heading", { level: 2 }).first();
    expect((await claim.boundingBox())?.height).toBeLessThanOrEqual(4 * 20);
    expect(run.y + run.height).toBeLessThanOrEqual(844);
    expect(run.height).toBeGreaterThanOrEqual(38);
  });
}

for (const [width, height] of [
  [390, 844],
  [999, 768],
] as const) {
  test(`at ${width} px the settings are a sheet at the foot of the window`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, "");
    await untilLive(page);
    const settings = await openSettings(page);
    const box = await settings.boundingBox();
    if (!box) throw new Error("no sheet");
    expect([box.x, box.width, box.y + box.height]).toEqual([0, width, height]);
    // It leaves some of the picture in view, and stays where it is.
    expect(box.y).toBeGreaterThan(0.2 * height);
    await page.mouse.wheel(0, 300);
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(0);
    expect((await settings.boundingBox())?.y).toBe(box.y);
    // On a phone one runs what one has chosen without closing it.
    if (width < 500) await runButton(page).click({ trial: true, timeout: 60_000 });
    await settings.getByRole("button", { name: "Close settings" }).click();
    await expect(settings).toHaveCount(0);
  });
}
