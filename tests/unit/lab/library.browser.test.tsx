/** The library's entries on the page. */
import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { defaultSpec } from "../../../src/experiment/spec";
import type { LibraryEntry } from "../../../src/storage/library";
import { report, siteResult } from "./fakes";
import { mountPage } from "./mounted-page";

const spec = defaultSpec("myrtle-w16-s0", "myrtle-w16-s1");
const sites = [0, 1, 2, 3].map((site) => siteResult(site, { penalty: 0.123 }));
const entry: LibraryEntry = {
  id: "0".repeat(64),
  name: "From another browser",
  pinned: false,
  finishedAtMs: 0,
  sizeBytes: 4_000,
  stored: true,
  report: report(spec, sites),
};

test("an imported experiment opens with its results though none is stored here", async () => {
  const { engine } = await mountPage("", undefined, {
    list: () => Promise.resolve([entry]),
    oversized: () => Promise.resolve([]),
  });
  await page.getByRole("button", { name: "Library" }).click();
  const row = page.getByRole("article", { name: "From another browser" });
  await row.getByRole("button", { name: "Open" }).click();
  await expect.element(page.getByRole("heading", { name: "Results" })).toBeVisible();
  await expect.element(page.getByRole("table").first()).toHaveTextContent("+12.3");
  expect(engine.runs).toEqual([]);
});
