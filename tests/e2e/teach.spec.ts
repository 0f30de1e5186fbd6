/** The page in a lesson: parts hidden, presented, framed, shared, predicted. */
import { expect, test } from "@playwright/test";
import { open } from "./lab-page";

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
