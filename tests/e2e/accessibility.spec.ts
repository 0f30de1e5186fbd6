/** axe on every view; those of a lesson are in teach.spec.ts. */
import { expect } from "@playwright/test";
import { expectNothingFound } from "./page/axe";
import {
  brief,
  open,
  pressInMenu,
  run,
  runButton,
  untilDrawn,
  untilFinished,
} from "./page/lab-page";
import { test } from "./page/lab-test";

test("axe finds nothing on any view", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(page, "");
  await untilDrawn(page);
  await expectNothingFound(page, "the opening page");

  for (const [button, heading] of [
    ["Figures", /^Figures/],
    ["How it works", /^How stitching works/],
    ["Browse bottom networks", /^Choose the bottom/],
  ] as const) {
    await page.getByRole("button", { name: button }).click();
    const view = page.getByRole("dialog", { name: heading });
    await expect(view).toBeVisible();
    await expectNothingFound(page, button);
    await view.getByRole("button", { name: "Close" }).click();
  }

  await pressInMenu(page, "Tour");
  await expectNothingFound(page, "the tour");
  await page.keyboard.press("Escape");

  await page.getByText("Advanced", { exact: false }).first().click();
  await expectNothingFound(page, "the settings");

  await page.goto("about:blank");
  await open(page, brief);
  await expectNothingFound(page, "nothing computed yet");
  await run(page);
  await untilFinished(page);
  await expectNothingFound(page, "a finished run");

  await page.goto("about:blank");
  await open(page, "#v=2&bottom=nobody&top=resnet18-w16-s0");
  await expectNothingFound(page, "an address with problems");
});

test("focus moves to the replacement of a removed element", async ({ page }) => {
  await open(page, `${brief}&also=myrtle-w16-random`);
  const panel = page.getByRole("region", { name: "Run", exact: true });
  const focused = page.locator(":focus");
  await expect(runButton(page)).toBeEnabled({ timeout: 60_000 });
  await runButton(page).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Pause" })).toBeFocused();
  await untilFinished(page);
  await expect(panel.locator(":focus")).toHaveCount(1);

  const remove = page.getByRole("button", { name: /^Remove myrtle-w16-random/ });
  await remove.focus();
  await page.keyboard.press("Enter");
  await expect(remove).toHaveCount(0);
  await expect(focused).toHaveCount(1);
  // Near to where it was.
  await expect(page.getByLabel("Compare with")).toBeFocused();

  await page.getByRole("button", { name: "Predict first" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Predict first" })).toHaveCount(0);
  await expect(focused).toHaveCount(1);
  // Whoever presses beside everything wants it nowhere.
  await page.mouse.click(3, 3);
  await expect(focused).toHaveCount(0);
});

for (const [size, viewport, order] of [
  ["in one column", { width: 390, height: 844 }, ["side", "outcome", "setup"]],
  ["in two columns", { width: 1440, height: 900 }, ["side", "setup", "outcome"]],
] as const) {
  test(`the Tab key goes from part to part as they stand on the page, ${size}`, async ({
    page,
  }) => {
    await page.setViewportSize(viewport);
    await open(page, brief);
    await expect(runButton(page)).toBeEnabled({ timeout: 60_000 });
    await page.getByRole("button", { name: "Present" }).focus();
    const parts: string[] = [];
    for (let part = ""; part !== "page-footer";) {
      await page.keyboard.press("Tab");
      part = await page
        .locator(":focus")
        .evaluate((element) => element.closest(".side, .outcome, .setup, footer")?.className ?? "");
      if (part !== parts.at(-1)) parts.push(part);
      expect(parts.length, parts.join(" ")).toBeLessThanOrEqual(4);
    }
    expect(parts).toEqual([...order, "page-footer"]);
  });
}
