/** The page in a lesson: parts hidden, presented, framed, shared, predicted. */
import { expect, test } from "@playwright/test";
import { presets } from "../../src/experiment/presets";
import { brief, open, runButton } from "./lab-page";

test.describe("hiding", () => {
  test("an address hides the parts that it names, and the rest stays", async ({ page }) => {
    await page.goto("/?hide=settings,figures,tour,method,export,table,errors,diagram,similarity");
    await expect(page.locator(".recharts-line-dot").first()).toBeVisible();
    for (const name of ["Networks", "Protocol", "Backend"]) {
      await expect(page.getByRole("heading", { name, exact: true })).toHaveCount(0);
    }
    for (const name of ["Figures", "Tour", "How it works", /^Next figure/]) {
      await expect(page.getByRole("button", { name })).toHaveCount(0);
    }
    await expect(page.getByRole("table")).toHaveCount(0);
    await expect(page.getByRole("slider")).toHaveCount(0);
    await expect(page.getByRole("heading", { name: /^Similarity/ })).toHaveCount(0);
    // The layers' names have moved under the chart that is left.
    await expect(
      page.getByRole("figure").getByText("block", { exact: false }).first(),
    ).toBeVisible();
    await expect(page.getByRole("button", { name: "Run it here" })).toBeVisible();
    expect(new URL(page.url()).search).toContain("?hide=settings");
  });

  test("a name that is no part is told plainly, and can be dismissed", async ({ page }) => {
    await open(page, "?hide=tabel,tour&presnt");
    const notice = page.getByRole("region", {
      name: "Not everything in the address could be read",
    });
    await expect(notice.getByRole("listitem")).toHaveText([
      /^presnt: found nothing, expected only the words present, embed, predict and hide=…; left it out\.$/,
      /^hide: found tabel, expected names among intro, .*; left out what is not among them\.$/,
    ]);
    await expect(page.getByRole("table")).toBeVisible();
    await expect(page.getByRole("button", { name: "Tour" })).toHaveCount(0);
    await notice.getByRole("button", { name: "Dismiss" }).click();
    await expect(notice).toHaveCount(0);
    expect(new URL(page.url()).search).toBe("?hide=tour");
  });
});

test.describe("presenting", () => {
  test("P begins it, its keys go through layers and figures, Escape leaves it", async ({
    page,
  }) => {
    await open(page, "");
    await expect(page.locator(".recharts-line-dot").first()).toBeVisible();
    const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
    const usual = await size();
    await page.keyboard.press("p");
    await expect(page).toHaveURL(/\/\?present#/);
    await expect(page.getByRole("heading", { name: "Networks" })).toHaveCount(0);
    await expect(page.getByRole("table")).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Leave" })).toBeVisible();
    expect(await size()).toBeGreaterThan(1.2 * usual);

    const stitch = page.getByRole("slider", { name: /^Layer at which/ });
    const layer = async () => Number(await stitch.getAttribute("aria-valuenow"));
    const first = await layer();
    await page.keyboard.press("ArrowRight");
    await expect.poll(layer).toBe(first + 1);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await expect.poll(layer).toBe(first - 1);
    // A focused slider moves itself, and once.
    await stitch.focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(layer).toBe(first);

    const title = page.locator(".figure-card h2");
    const seeds = await title.innerText();
    await page.keyboard.press("n");
    await expect(title).not.toHaveText(seeds);
    await page.keyboard.press("Shift+N");
    await expect(title).toHaveText(seeds);
    await page.keyboard.press("PageDown");
    await expect(title).not.toHaveText(seeds);
    await page.keyboard.press("PageUp");
    await expect(title).toContainText(presets.seeds.title);

    await page.keyboard.press("Shift+?");
    const help = page.getByRole("dialog", { name: "Keys of the presentation" });
    await expect(help).toBeVisible();
    // Over the page its keys rest, and Escape closes what lies over it.
    await page.keyboard.press("n");
    await page.keyboard.press("Escape");
    await expect(help).toHaveCount(0);
    await expect(title).toContainText(presets.seeds.title);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("heading", { name: "Networks" })).toBeVisible();
    expect(new URL(page.url()).search).toBe("");
  });

  test("R runs, and is off where Run is hidden", async ({ page }) => {
    await page.goto(`/?present${brief}`);
    await expect(runButton(page)).toBeEnabled({ timeout: 60_000 });
    await page.keyboard.press("r");
    await expect(page.locator(".run-status")).toContainText("Finished", { timeout: 100_000 });

    await page.goto("/?present&hide=run,settings#v=1&bottom=myrtle-w16-s0&top=myrtle-w16-s1");
    await expect(page.getByRole("heading", { name: "Nothing computed yet" })).toBeVisible();
    await page.keyboard.press("r");
    await expect(page.getByRole("progressbar")).toHaveCount(0);
  });

  test("letters that are typed, or held with Control, are no keys of the page", async ({
    page,
  }) => {
    await open(page, "");
    await page.keyboard.press("Control+p");
    await page.getByRole("button", { name: "Browse bottom networks" }).click();
    await page.getByLabel("Search").pressSequentially("prn?");
    await expect(page.getByLabel("Search")).toHaveValue("prn?");
    await expect(page).not.toHaveURL(/present/);
    await page.goto("/?hide=keys");
    await expect(page.locator(".recharts-line-dot").first()).toBeVisible();
    await page.keyboard.press("p");
    await expect(page.getByRole("button", { name: "Present" })).toBeVisible();
  });
});
