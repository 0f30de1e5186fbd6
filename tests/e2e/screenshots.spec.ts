/**
 * The main views beside the pictures in tests/e2e/screenshots. Where a change of looks is meant,
 * make them anew with `npx playwright test tests/e2e/screenshots.spec.ts --update-snapshots` and
 * look at them.
 */
import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { test } from "./page/lab-test";
import { runButton, untilDrawn } from "./page/lab-page";

// The page's own policy refuses the font that makes pictures comparable between machines.
test.use({ bypassCSP: true });

const views = [
  { name: "light", width: 1440, height: 900, colorScheme: "light", query: "" },
  { name: "dark", width: 1440, height: 900, colorScheme: "dark", query: "" },
  { name: "phone", width: 390, height: 844, colorScheme: "light", query: "" },
  { name: "present", width: 1440, height: 900, colorScheme: "dark", query: "?present" },
] as const;

for (const { name, width, height, colorScheme, query } of views) {
  test(`the opening page looks as it should: ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto(`/${query}`);
    await useOneFont(page);
    await untilDrawn(page);
    // What it computes on is known: the words beside Run do not change any more.
    if (query === "") await expect(runButton(page)).toBeEnabled({ timeout: 60_000 });
    await expect(page).toHaveScreenshot(`${name}.png`, {
      animations: "disabled",
      // Edges of letters differ a little from machine to machine.
      threshold: 0.3,
      maxDiffPixelRatio: 0.01,
    });
  });
}

/** Machines have different fonts. */
async function useOneFont(page: Page): Promise<void> {
  const faces = await Promise.all(
    [400, 600].map(async (weight) => {
      const path = `node_modules/@fontsource/inter/files/inter-latin-${weight}-normal.woff2`;
      const data = (await readFile(path)).toString("base64");
      return `@font-face { font-family: One; font-weight: ${weight}; src: url(data:font/woff2;base64,${data}); }`;
    }),
  );
  await page.addStyleTag({
    content: `${faces.join("\n")}\n* { font-family: One !important; }`,
  });
  await page.evaluate(() => document.fonts.ready);
}
