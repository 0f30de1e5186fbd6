/**
 * Attacks on the built page that differ every night. Each prints its seed; STITCH_LAB_SEED repeats
 * it.
 */
import { readdir } from "node:fs/promises";
import { expect, type Locator, type Page } from "@playwright/test";
import fc from "fast-check";
import { seeded } from "../../../src/core/random/generator";
import { longestProblem, mostProblems } from "../../../src/experiment/address/address";
import { longAddresses, mutatedAddress } from "../../unit/experiment/mutated-addresses";
import { nightlySeed } from "../../unit/nightly";
import { brief, openSettings, pressInMenu, run, untilFinished } from "../page/lab-page";
import { test } from "../page/lab-test";

const queries = [
  "",
  "?present",
  "?predict&hide=run,<b>",
  "?hide=&hide=x",
  "?utm_a=1&<img src=x>=1",
];

test(
  "mutated addresses open, run no script and fill no page",
  { tag: "@nightly" },
  async ({ page }) => {
    const seed = nightlySeed("mutated addresses on the page");
    const drawn = fc.sample(fc.tuple(fc.constantFrom(...queries), mutatedAddress), {
      seed,
      numRuns: 36,
    });
    const long = longAddresses(1_500_000).map((hash): [string, string] => ["", hash]);
    const wrong: string[] = [];
    page.on("pageerror", (error) => wrong.push(String(error)));
    page.on("dialog", (dialog) => {
      wrong.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    for (const [query, hash] of [...drawn, ...long]) {
      const what = `${query}${hash}`.slice(0, 300);
      // From elsewhere, so that the page is loaded and does not just read its new hash.
      await page.goto("about:blank");
      await page.goto(`./${query}${hash}`);
      // Empty, and so not visible, where a network is missing.
      await expect(page.locator(".workbench"), what).toBeAttached();
      await expect(page.locator("img[src=x]"), what).toHaveCount(0);
      const said = await page.locator(".notice-problems li").allInnerTexts();
      expect(said.length, what).toBeLessThanOrEqual(2 * (mostProblems + 1));
      for (const text of said) expect(text.length, what).toBeLessThan(longestProblem + 100);
      expect(wrong, what).toEqual([]);
    }
  },
);

/** Presses "Try again" within `place` as long as something is missing. */
async function untilShown(place: Page | Locator, wanted: Locator): Promise<void> {
  await expect(async () => {
    const again = place.getByRole("button", { name: "Try again" }).first();
    if (await again.isVisible()) await again.click({ timeout: 2_000 });
    await expect(wanted).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
}

/** Parts of the page behind a button, and something that each shows, which is not there before it. */
const dialogs: readonly ({ readonly shows: string | RegExp } & (
  | { readonly button: string; readonly inMenu: true }
  | { readonly button: string | RegExp; readonly inMenu?: never }
))[] = [
  { button: /^Figures: /, shows: "Deep networks" },
  { button: "Library", inMenu: true, shows: "Export library" },
  { button: "How it works", inMenu: true, shows: /similarity/i },
  { button: /^Export/, shows: "Save JSON" },
  { button: "Share", shows: /link/i },
  { button: /^Inspect/, shows: "Flipped images" },
];

test(
  "whichever scripts and styles fail once, everything works after “Try again”",
  { tag: "@nightly" },
  async ({ page }) => {
    const random = seeded(nightlySeed("failing parts of the page"));
    // Without the page's script there is only the offer to reload it.
    // Sorted: the system lists them in any order, and a seed is to repeat its night.
    const files = (await readdir("dist/assets"))
      .sort()
      .filter((name) => /\.(js|css)$/.test(name) && !/^(index|rolldown-runtime|worker)/.test(name));
    expect(files.length).toBeGreaterThan(20);
    const failing = new Set<string>();
    await page.route("**/assets/*", async (route) => {
      const name = new URL(route.request().url()).pathname.split("/").at(-1) ?? "";
      if (failing.delete(name)) await route.abort();
      else await route.continue();
    });
    for (let round = 0; round < 6; round++) {
      for (const file of files) if (random.below(2) === 0) failing.add(file);
      await page.goto("about:blank");
      await page.goto("./");
      await page.mouse.move(5, 5);
      await untilShown(page, page.locator(".plot-penalty"));
      await openSettings(page);
      await page.locator("summary", { hasText: "Advanced" }).click();
      await untilShown(page, page.getByRole("group", { name: "Layers to stitch" }));
      for (const { button, inMenu, shows } of dialogs) {
        if (inMenu === true) await pressInMenu(page, button);
        else await page.getByRole("button", { name: button }).first().click();
        const dialog = page.getByRole("dialog");
        // What opens no dialog of its own before it has arrived fails on the page.
        await expect(dialog.or(page.getByRole("alert")).first()).toBeVisible();
        const place = (await dialog.isVisible()) ? dialog : page;
        await untilShown(place, dialog.getByText(shows).first());
        await expect(dialog.getByRole("alert")).toHaveCount(0);
        await page.keyboard.press("Escape");
        await expect(dialog).toHaveCount(0);
      }
    }
    for (const file of files) failing.add(file);
    await page.goto("about:blank");
    await page.goto(`./${brief}`);
    await run(page);
    await untilShown(page, page.getByRole("button", { name: "Download report" }));
    await untilFinished(page);
  },
);
