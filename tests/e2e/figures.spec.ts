import { expect } from "@playwright/test";
import { brief, downloadReport, open, run, untilFinished } from "./lab-page";
import { test } from "./lab-test";

test("curves are added and removed, computed in one run, and come back from the address", async ({
  page,
}) => {
  await open(page, brief);
  await page.getByLabel("Compare with").selectOption("myrtle-w16-s0 (the top itself)");
  await page.getByLabel("Compare with").selectOption("orthogonal");
  await run(page);
  await untilFinished(page);
  const report = await downloadReport(page);
  expect(report.also?.map(({ bottom }) => bottom.id)).toEqual(["myrtle-w16-s0", "myrtle-w16-s1"]);
  expect(report.also?.[1]?.taps[0]?.familyR2).toBeLessThan(report.taps[0]?.leastSquaresR2 ?? 0);
  await page.getByLabel("Measure of similarity").selectOption("SVCCA");
  await expect(page.getByRole("columnheader", { name: "SVCCA" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Similarity: SVCCA" })).toBeVisible();
  await page.getByRole("button", { name: "Remove myrtle-w16-s1, orthogonal" }).click();
  // A network stitched to itself: least squares finds the identity.
  expect(report.also?.[0]?.taps[0]?.cka).toBeCloseTo(1, 5);
  const names = page.getByRole("rowheader", { name: /^myrtle-w16-s[01]$/ });
  await expect(names).toHaveText(["myrtle-w16-s1", "myrtle-w16-s0"]);

  await page.reload();
  await expect(names).toHaveText(["myrtle-w16-s1", "myrtle-w16-s0"]);
  await expect(page.getByRole("button", { name: "Download report" })).toBeVisible();
  await page.getByRole("button", { name: "Remove myrtle-w16-s0" }).click();
  await expect(names).toHaveCount(0);
  await expect(page).not.toHaveURL(/also=/);
});

test("networks of different kinds make a grid, which is a table with the diagonal marked", async ({
  page,
}) => {
  const hash =
    "#v=1&bottom=resnet18-w4-s0&top=myrtle-w16-s0&protocol=glance&layout=grid&train=128&test=64&backend=wasm";
  await open(page, hash);
  await expect(page.getByText("The two are built differently")).toBeVisible();
  await run(page);
  await untilFinished(page);
  const penalties = page.getByRole("table", { name: /^Stitching penalty/ });
  // Nine layers of the bottom, four of the top.
  await expect(penalties.getByRole("cell")).toHaveCount(36);
  await expect(penalties.getByRole("cell").first()).toHaveText(/^[+−]?\d+\.\d$/);
  await expect(page.getByRole("table", { name: /CKA/ }).getByRole("cell")).toHaveCount(36);
  const { taps } = await downloadReport(page);
  expect(taps).toHaveLength(36);
  expect(taps[5]).toMatchObject({ cell: [1, 1], name: "block 1 into stage 2" });
});
