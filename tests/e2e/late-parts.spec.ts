/**
 * Parts of the page whose script or style sheet cannot be fetched at first. Only the built page has
 * such files, and only a browser says what it keeps of a failure.
 */
import { expect, type Page } from "@playwright/test";
import { open, pressInMenu } from "./page/lab-page";
import { test } from "./page/lab-test";

interface Part {
  readonly name: string;
  /** Of its files. */
  readonly file: string;
  /** Of its style sheet, where its name is another. */
  readonly sheet?: string;
  /** The page's words for it. */
  readonly words: string;
  readonly open: (page: Page) => Promise<void>;
  /** Text that only it has. */
  readonly shows: string | RegExp;
}

const press = (name: string | RegExp) => (page: Page) =>
  page.getByRole("button", { name }).first().click();

const parts: readonly Part[] = [
  {
    name: "the library",
    file: "LibraryPanel",
    words: "Could not load the library.",
    open: (page) => pressInMenu(page, "Library"),
    shows: /your experiments/i,
  },
  {
    name: "the export options",
    file: "ExportPanel",
    words: "Could not load the export options.",
    open: press(/^Export/),
    shows: "Save JSON",
  },
  {
    name: "the method",
    file: "MethodText",
    words: "Could not load the method.",
    open: (page) => pressInMenu(page, "How it works"),
    shows: /permutation|similarity/i,
  },
  {
    name: "the figures",
    file: "Gallery",
    words: "Could not load the figures.",
    open: press(/^Figures: /),
    shows: /Deep networks/,
  },
  {
    name: "the inspector",
    file: "Inspector",
    // With what the training dialog shares.
    sheet: "use-pictures",
    words: "Could not load the inspector.",
    open: press(/^Inspect/),
    shows: /Stitch|stitch/,
  },
];

for (const { name, file, words, open: openPart, shows } of parts) {
  const tag = name === "the library" ? [] : ["@nightly"];
  test(`${name} opens once its script can be fetched`, { tag }, async ({ page }) => {
    const files = `**/assets/${file}-*.js`;
    await page.route(files, (route) => route.abort());
    await open(page, "");
    await openPart(page);
    const alert = page.getByRole("alert");
    await expect(alert).toContainText(words);
    await expect(alert).toBeInViewport();
    // It fails again: if the browser does not ask again, a reload helps.
    await expect(alert.getByRole("button", { name: "Reload the page" })).toHaveCount(0);
    await alert.getByRole("button", { name: "Try again" }).click();
    await expect(alert.getByRole("button", { name: "Reload the page" })).toBeVisible();
    await page.unroute(files);
    await alert.getByRole("button", { name: "Try again" }).click();
    await expect(alert).toHaveCount(0);
    await expect(page.getByRole("dialog").getByText(shows).first()).toBeVisible();
  });
}

for (const { name, file: script, sheet: file = script, words, open: openPart } of parts.filter(
  ({ file }) => ["LibraryPanel", "ExportPanel", "Inspector"].includes(file),
)) {
  const tag = name === "the library" ? [] : ["@nightly"];
  test(`${name} has its styles once they can be fetched`, { tag }, async ({ page }) => {
    const files = `**/assets/${file}-*.css`;
    await page.route(files, (route) => route.abort());
    await open(page, "");
    await openPart(page);
    const alert = page.getByRole("alert");
    await expect(alert).toContainText(words);
    await page.unroute(files);
    await alert.getByRole("button", { name: "Try again" }).click();
    await expect(alert).toHaveCount(0);
    // A sheet that failed is listed, too, without rules.
    const isStyled = (): Promise<boolean> =>
      page.evaluate(
        (file) =>
          [...document.styleSheets].some(
            ({ href, cssRules }) => href?.includes(file) === true && cssRules.length > 0,
          ),
        file,
      );
    await expect.poll(isStyled).toBe(true);
  });
}

test("a script that a late part imports is fetched again, too", async ({ page }) => {
  const files = "**/assets/CurveSketch-*.js";
  await page.route(files, (route) => route.abort());
  await open(page, "");
  await press(/^Figures: /)(page);
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("Could not load the figures.");
  await page.unroute(files);
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(alert).toHaveCount(0);
  await expect(page.getByRole("dialog").getByText("Deep networks").first()).toBeVisible();
});
