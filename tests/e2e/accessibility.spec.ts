/** axe on every view, in two sizes; prediction and presentation on a laptop are in teach.spec.ts. */
import { expect, type Page } from "@playwright/test";
import { expectNothingFound } from "./page/axe";
import {
  brief,
  open,
  openSettings,
  pressInMenu,
  run,
  runButton,
  stitch,
  untilDrawn,
  untilFinished,
  untilLive,
} from "./page/lab-page";
import { test } from "./page/lab-test";

/** Opens and closes the dialogs of the header, and others by the buttons that open them. */
async function expectNothingFoundInDialogs(
  page: Page,
  others: readonly (readonly [heading: RegExp, button: string | RegExp])[],
): Promise<void> {
  const press = (name: string | RegExp) => page.getByRole("button", { name }).first().click();
  for (const [heading, openView] of [
    [/^Figures/, () => press(/^Figures: /)],
    [/^How stitching works/, () => pressInMenu(page, "How it works")],
    [/^Figures to present/, () => pressInMenu(page, "Choose slides…")],
    [/^Library/, () => pressInMenu(page, "Library")],
    ...others.map(([title, button]) => [title, () => press(button)] as const),
  ] as const) {
    await openView();
    const view = page.getByRole("dialog", { name: heading });
    await expect(view).toBeVisible();
    await expect(view).not.toContainText("Loading");
    await expectNothingFound(page, String(heading));
    await view.getByRole("button", { name: "Close", exact: true }).first().click();
    await expect(view).toHaveCount(0);
    // Focus is back on what opened it.
    await expect(page.locator("main :focus, header :focus")).toHaveCount(1);
  }
}

async function expectNothingFoundInMenu(page: Page): Promise<void> {
  await page.locator("summary", { hasText: "More" }).click();
  await expectNothingFound(page, "the menu");
  await page.keyboard.press("Escape");
  await pressInMenu(page, "Tour");
  await expectNothingFound(page, "the tour");
  await page.keyboard.press("Escape");
}

test("axe finds nothing on any view", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(page, "");
  await untilDrawn(page);
  await expectNothingFound(page, "the opening page");

  await expectNothingFoundInDialogs(page, [
    [/^Choose the bottom/, /^Bottom network: /],
    [/^What the stitch does/, "See the stitch"],
  ]);
  await expectNothingFoundInMenu(page);

  const settings = await openSettings(page);
  await settings.getByText("Advanced", { exact: false }).first().click();
  await expect(settings.getByRole("group", { name: "Layers to stitch" })).toBeVisible();
  await expectNothingFound(page, "the settings");

  await page.goto("about:blank");
  await open(page, brief);
  await expectNothingFound(page, "nothing computed yet");
  await run(page);
  await untilFinished(page);
  await expectNothingFound(page, "a finished run");

  await page.goto("about:blank");
  await open(page, "#v=3&bottom=nobody&top=resnet18-w16-s0");
  await expectNothingFound(page, "an address with problems");
});

for (const [size, viewport] of [
  ["on a phone", { width: 390, height: 844 }],
  ["on a laptop", { width: 1440, height: 900 }],
] as const) {
  test(`axe finds nothing in frames, speaker notes, lessons and grids, ${size}`, async ({
    page,
  }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.setViewportSize(viewport);
    await page.goto("/?embed=stitch#figure=seeds");
    await expect(page.locator(".stitch-picture")).toBeVisible({ timeout: 60_000 });
    await expectNothingFound(page, "the frame of a stitch");

    await page.goto("/?embed#figure=seeds");
    await untilDrawn(page);
    await expectNothingFound(page, "the frame of a chart");

    await page.goto("/?lesson=seeds,random#figure=seeds");
    // Its words are hidden on a phone.
    await expect(page.locator(".figure-place")).toHaveText("1 of 2 in this lesson");
    await untilDrawn(page);
    await expectNothingFound(page, "a lesson");

    await page.goto("/?notes");
    await expect(page.getByText(/^Waiting for a presentation/)).toBeVisible();
    await expectNothingFound(page, "speaker notes without a presentation");
    const slides = await page.context().newPage();
    await slides.goto("/?present&lesson=seeds,random#figure=seeds");
    await expect(page.getByText(/^Step 1 of/)).toBeVisible();
    await expectNothingFound(page, "speaker notes");
    await slides.close();

    await page.goto("about:blank");
    await open(page, brief.replace("&sites=3", "&layout=grid"));
    await run(page);
    await untilFinished(page);
    await expect(page.locator(".heat-cell, table").first()).toBeVisible();
    await expectNothingFound(page, "a grid");
  });
}

test("axe finds nothing on the views of a phone", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, "");
  await untilLive(page);
  await untilDrawn(page);
  await expectNothingFound(page, "the opening page");

  await expectNothingFoundInDialogs(page, [
    [/^What the stitch does/, "See the stitch"],
    [/^Share/, "Share"],
    [/block 5/, "Inspect"],
  ]);
  await expectNothingFoundInMenu(page);

  const settings = await openSettings(page);
  await settings.getByText("Advanced", { exact: false }).first().click();
  await expectNothingFound(page, "the settings");
  await settings.getByRole("button", { name: "Browse bottom networks" }).click();
  await expect(page.getByRole("dialog", { name: /^Choose the bottom/ })).toBeVisible();
  await expectNothingFound(page, "the choice of a network");

  await page.goto("/?predict");
  await page.locator(".predict-handle").first().focus();
  await page.keyboard.press("ArrowUp");
  await expectNothingFound(page, "a prediction");

  await page.goto("/?present");
  // What hears the keys is fetched when presenting begins.
  await expect(async () => {
    await page.keyboard.press("End");
    await expect(page.locator(".slide-steps")).toContainText(/what to look for/, { timeout: 500 });
  }).toPass({ intervals: [500], timeout: 40_000 });
  await untilDrawn(page);
  await expectNothingFound(page, "a slide");
});

test("focus moves to the replacement of a removed element", async ({ page }) => {
  await open(page, `${brief}&also=myrtle-w16-random`);
  const focused = page.locator(":focus");
  await expect(runButton(page)).toBeEnabled({ timeout: 60_000 });
  await runButton(page).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Pause" })).toBeFocused();
  await untilFinished(page);
  // Run is off once all is computed: the next button has the focus.
  await expect(page.getByRole("button", { name: "Settings", exact: true })).toBeFocused();

  await openSettings(page);
  const remove = page.getByRole("button", { name: /^Remove .*myrtle-w16-random/ });
  await remove.focus();
  await page.keyboard.press("Enter");
  await expect(remove).toHaveCount(0);
  await expect(focused).toHaveCount(1);
  // Near to where it was, and on no field, which would take letters that are shortcuts.
  await expect(
    page.getByRole("complementary", { name: "Settings" }).locator("button:focus"),
  ).toHaveCount(1);

  const hide = page.getByRole("button", { name: /^Close settings/ });
  await hide.focus();
  await page.keyboard.press("Enter");
  await expect(hide).toHaveCount(0);
  await expect(focused).toHaveCount(1);
  // Whoever presses beside everything wants it nowhere.
  await page.mouse.click(3, 3);
  await expect(focused).toHaveCount(0);
});

for (const [size, viewport, intro] of [
  // It has no introduction.
  ["on a phone", { width: 390, height: 844 }, []],
  ["on a laptop", { width: 1440, height: 900 }, ["intro"]],
] as const) {
  test(`the Tab key goes from part to part as they stand on the page, ${size}`, async ({
    page,
  }) => {
    await page.setViewportSize(viewport);
    await open(page, brief);
    await expect(runButton(page)).toBeEnabled({ timeout: 60_000 });
    await openSettings(page);
    await page.getByRole("button", { name: "Present" }).focus();
    const parts: string[] = [];
    const all = ".page-menu, .intro, .experiment-bar, .outcome, .setup, footer";
    for (let part = ""; part !== "page-footer";) {
      await page.keyboard.press("Tab");
      part = await page
        .locator(":focus")
        .evaluate((element, all) => element.closest(all)?.className ?? "", all);
      if (part !== parts.at(-1)) parts.push(part);
      expect(parts.length, parts.join(" ")).toBeLessThanOrEqual(6);
    }
    expect(parts).toEqual([
      "page-menu",
      ...intro,
      "experiment-bar",
      "setup",
      "outcome",
      "page-footer",
    ]);
  });
}

test("the stitch is two presses of keys away", async ({ page }) => {
  await open(page, "");
  await untilLive(page);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Skip to the stitch" })).toBeFocused();
  await expect(page.locator(".skip-link")).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(stitch(page)).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(stitch(page)).toHaveAttribute("aria-valuetext", /^block 6/);
});

test("on a phone the page is under 3,500 px high, and no wider than the screen", async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, "");
  await untilLive(page);
  const { width, height } = await page.evaluate(() => ({
    width: document.documentElement.scrollWidth,
    height: document.documentElement.scrollHeight,
  }));
  expect(width).toBe(390);
  expect(height).toBeLessThan(3_500);
});
