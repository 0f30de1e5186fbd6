import { readFileSync } from "node:fs";
import { expect } from "@playwright/test";
import * as z from "../../src/core/schema";
import { brief, cellsAt, open, run, untilFinished } from "./page/lab-page";
import { test } from "./page/lab-test";
import { brokenAddresses } from "../unit/lab/broken-addresses";

/** Every network of the zoo, which grows. */
const { models } = z
  .object({ models: z.array(z.object({ id: z.string() })) })
  .parse(JSON.parse(readFileSync("public/zoo/manifest.json", "utf8")));
const broken = brokenAddresses(models.length);

test("broken addresses overwrite nothing that is stored", async ({ page }) => {
  await open(page, brief);
  await run(page);
  await untilFinished(page);
  const before = await cellsAt(page, "stage 4").allInnerTexts();
  for (const { hash, said } of broken) {
    // On the open page the hash alone changes; the page must notice.
    await page.goto(`/${hash}`);
    await expect(page.getByRole("listitem").filter({ hasText: said[0] ?? "" })).toBeVisible();
  }
  await page.goto(`/${brief}`);
  await expect(cellsAt(page, "stage 4")).toHaveText(before);
  await page.reload();
  await expect(cellsAt(page, "stage 4")).toHaveText(before);
});
