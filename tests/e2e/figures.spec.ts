import { expect } from "@playwright/test";
import { brief, downloadReport, open, openSettings, run, untilFinished } from "./page/lab-page";
import { test } from "./page/lab-test";

test("curves are added and removed, computed in one run, and come back from the address", async ({
  page,
}) => {
  await open(page, brief);
  const settings = await openSettings(page);
  await settings
    .getByLabel("Compare with")
    .selectOption("Five-layer CNN, seed 0 · myrtle-w16-s0 (the top itself)");
  await settings.getByLabel("Compare with").selectOption("orthogonal");
  await run(page);
  await untilFinished(page);
  const report = await downloadReport(page);
  const [first, self, orthogonal, ...more] = report.curves;
  expect(more).toEqual([]);
  expect([self?.bottom.id, orthogonal?.bottom.id]).toEqual(["myrtle-w16-s0", "myrtle-w16-s1"]);
  expect(orthogonal?.sites[0]?.familyR2).toBeLessThan(first.sites[0]?.leastSquaresR2 ?? 0);
  await page.getByLabel("Similarity measure").selectOption("SVCCA");
  await page.locator(".segments").getByText("SVCCA").click();
  await expect(page.getByText(/^Similarity of the two layers/)).toBeVisible();
  // A network stitched to itself: least squares finds the identity.
  expect(self?.sites[0]?.cka).toBeCloseTo(1, 5);
  const columns = page.getByRole("table").getByRole("columnheader");
  await expect(columns).toHaveText([
    "Layer",
    "seed 1, affine, 1 × 1",
    "the top’s own bottom, affine, 1 × 1",
    "seed 1, orthogonal",
  ]);
  await settings.getByRole("button", { name: "Remove seed 1, orthogonal" }).click();
  await expect(columns).toHaveText(["Layer", "seed 1", "the top’s own bottom"]);

  await page.reload();
  await expect(columns).toHaveText(["Layer", "seed 1", "the top’s own bottom"]);
  await expect(page.getByRole("button", { name: "Download report" })).toBeVisible();
  await settings.getByRole("button", { name: "Remove the top’s own bottom" }).click();
  await expect(columns).toHaveText(["Layer", "Penalty", "linear CKA, debiased"]);
  await expect(page).not.toHaveURL(/also=/);
});

test("networks of different kinds make a grid, which is a table with the diagonal marked", async ({
  page,
}) => {
  const hash =
    "#v=3&bottom=resnet18-w4-s0&top=myrtle-w16-s0&protocol=glance&layout=grid&train=128&test=64&backend=wasm";
  await open(page, hash);
  const settings = await openSettings(page);
  await expect(settings.getByText("Different architectures")).toBeVisible();
  await settings.getByRole("button", { name: "Close settings" }).click();
  await run(page);
  await untilFinished(page);
  const penalties = page.getByRole("table", { name: /^Stitching penalty/ });
  // Nine layers of the bottom, four of the top.
  await expect(penalties.getByRole("cell")).toHaveCount(36);
  await expect(penalties.getByRole("cell").first()).toHaveText(/^[+−]?\d+\.\d$/);
  await expect(page.getByRole("table", { name: /CKA/ }).getByRole("cell")).toHaveCount(36);
  const [{ sites }] = (await downloadReport(page)).curves;
  expect(sites).toHaveLength(36);
  expect(sites[5]).toMatchObject({ taps: [1, 1], name: "block 1 into stage 2" });
});
