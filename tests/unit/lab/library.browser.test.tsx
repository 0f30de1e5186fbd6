/** The library's entries on the page. */
import axe from "axe-core";
import { describe, expect, test } from "vitest";
import { page } from "vitest/browser";
import { defaultSpec } from "../../../src/experiment/spec";
import type { LibraryEntry } from "../../../src/storage/library";
import { rememberedRun, report, siteResult } from "./fakes";
import { mountPage, ownAddress, pressInMenu } from "./mounted-page";

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
  await pressInMenu("Library");
  const row = page.getByRole("article", { name: "From another browser" });
  await row.getByRole("button", { name: "Open" }).click();
  await expect.element(page.getByRole("heading", { name: "Results" })).toBeVisible();
  await expect.element(page.getByRole("table").first()).toHaveTextContent("+12.3");
  expect(engine.runs).toEqual([]);
});

test("a thumbnail shows penalties beyond its scale along the edge, with the largest", async () => {
  const far = [0.25, 0.6, 0.53].map((penalty, site) => siteResult(site, { penalty }));
  await mountPage("", undefined, {
    list: () => Promise.resolve([{ ...entry, report: report(spec, far) }]),
    oversized: () => Promise.resolve([]),
  });
  await pressInMenu("Library");
  const sketch = page.getBySelector(".past .curve-sketch");
  await expect.element(sketch).toHaveTextContent("▲ +60");
  const path = sketch.element().querySelector("svg .sketch-main")?.getAttribute("d") ?? "";
  expect(path).not.toBe("");
  for (const [, y] of path.matchAll(/ ([\d.-]+)/g)) expect(Number(y)).toBeGreaterThanOrEqual(0);
});

describe("a run that an earlier visit left at 71%", () => {
  const memory = () => {
    const remembered = rememberedRun(null);
    remembered.left.note({ key: ownAddress, only: null }, { fraction: 0.714 });
    return remembered;
  };
  const empty = { list: () => Promise.resolve([]), oversized: () => Promise.resolve([]) };
  const title = "Five-layer CNN, seed 1 into seed 0, glance";

  test("is offered quietly on the bare address, and continues", async () => {
    const { engine } = await mountPage("", undefined, empty, memory());
    const notice = page.getByRole("region", { name: "Unfinished experiment" });
    await expect.element(notice).toHaveTextContent(`Unfinished: ${title}. 71% computed.`);
    const { violations } = await axe.run(notice.element());
    expect(violations.map(({ id }) => id)).toEqual([]);
    await notice.getByRole("button", { name: "Continue" }).click();
    expect(engine.runs).toMatchObject([{ spec: { protocol: "glance" } }]);
    await expect.element(notice).not.toBeInTheDocument();
  });

  test("is offered no more once the offer is dismissed", async () => {
    const { engine } = await mountPage("", undefined, empty, memory());
    const notice = page.getByRole("region", { name: "Unfinished experiment" });
    await notice.getByRole("button", { name: "Dismiss" }).click();
    await expect.element(notice).not.toBeInTheDocument();
    expect(engine.runs).toEqual([]);
  });

  test.each(["?embed", "?present"])("is not offered with %s", async (query) => {
    await mountPage(query, undefined, empty, memory());
    await expect.element(page.getBySelector("figure, svg").first()).toBeVisible();
    expect(page.getByText("71% computed").elements()).toEqual([]);
  });

  test("comes first in the library, and can be removed from it", async () => {
    await mountPage(
      "#figure=seeds",
      undefined,
      { ...empty, list: () => Promise.resolve([entry]) },
      memory(),
    );
    await pressInMenu("Library");
    const row = page.getByRole("listitem").first();
    await expect.element(row).toHaveTextContent(title);
    await expect.element(row).toHaveTextContent("71% computed");
    await row.getByRole("button", { name: /^Remove/ }).click();
    await expect.element(page.getByRole("heading", { name: "Unfinished" })).not.toBeInTheDocument();
    await expect.element(page.getByRole("article")).toHaveTextContent("From another browser");
  });

  test("continues from the library", async () => {
    const { engine } = await mountPage("#figure=seeds", undefined, empty, memory());
    await pressInMenu("Library");
    await page.getByRole("button", { name: /^Continue/ }).click();
    expect(engine.runs).toMatchObject([{ spec: { protocol: "glance" } }]);
    await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
  });
});
