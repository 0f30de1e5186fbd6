import { expect } from "@playwright/test";
import { presets } from "../../src/experiment/presets";
import { brief, downloadReport, open, openFigure, run, runButton, untilFinished } from "./lab-page";
import { test } from "./lab-test";

test("a figure is opened with one click: its claim, its networks, its curves", async ({ page }) => {
  await open(page, brief);
  const { title, claim, spec } = presets.seeds;
  await openFigure(page, title);
  await expect(page.getByText(claim)).toBeVisible();
  await expect(page).toHaveURL(/&also=resnet18-w16-random/);
  await expect(page.getByLabel("Bottom network")).toHaveValue(spec.curves[0].bottom);
  await expect(page.getByRole("list", { name: "Also in the charts" })).toContainText(
    "resnet18-w16-random",
  );
});

test("a figure's recorded result is shown without a run, and says where it comes from", async ({
  page,
}) => {
  await open(page, brief);
  await openFigure(page, presets.protocol.title);
  await expect(page.getByRole("heading", { name: "Saved result" })).toBeVisible();
  await expect(page.getByText("Computed in advance on")).toBeVisible();
  await expect(page.locator(".recharts-line-dot").first()).toBeVisible();
  await expect(runButton(page)).toBeEnabled();
});

test("the gallery ends with the paper’s Table 1, in words and in numbers", async ({ page }) => {
  await open(page, brief);
  await page.getByRole("button", { name: "Figures" }).click();
  const table = page.getByRole("region", { name: /^CKA and stitching side by side/ });
  await table.scrollIntoViewIfNeeded();
  const row = table.getByRole("row", { name: /^More width for the bottom/ });
  await expect(row).toContainText("better");
  await expect(row).toContainText(/0\.\d\d to 0\.\d\d/);
  await expect(row).toContainText(/[+−]\d+\.\d to [+−]\d+\.\d/);
  await expect(row).toContainText(presets.width.title);
});

test("a control is taken out of the scale, and put back", async ({ page }) => {
  await open(page, "");
  const chart = page.getByRole("figure", { name: /^Stitching penalty/ });
  const control = chart.getByRole("button", { name: "resnet18-w16-random", exact: true });
  const topTick = async (): Promise<number> => {
    const texts = await chart.locator("svg text").allTextContents();
    const ticks = texts.flatMap((text) => (/^\+\d+$/.test(text) ? Number(text) : []));
    return Math.max(...ticks);
  };
  await page.locator(".recharts-line-dot").first().scrollIntoViewIfNeeded();
  await expect(control).toHaveAttribute("aria-pressed", "true");
  const whole = await topTick();
  await control.click();
  await expect(control).toHaveAttribute("aria-pressed", "false");
  await expect.poll(topTick).toBeLessThan(whole / 4);
  await expect(page.getByRole("rowheader", { name: "resnet18-w16-random" })).toBeVisible();
  await control.click();
  await expect.poll(topTick).toBe(whole);
});

test("a quick look leaves the figure, says so, and the figure is one press away", async ({
  page,
}) => {
  await open(page, "");
  await expect(page.getByRole("heading", { name: "Saved result" })).toBeVisible();
  await page.getByRole("button", { name: "Quick look" }).click();
  await expect(page.getByRole("radio", { name: /^glance/ })).toBeChecked();
  await expect(page.getByText(`“${presets.seeds.title}” with your settings`)).toBeVisible();
  await expect(page.getByRole("heading", { name: "Saved result" })).toHaveCount(0);
  await page.getByRole("button", { name: "Restore figure" }).click();
  await expect(page.getByRole("heading", { name: "Saved result" })).toBeVisible();
  await expect(page.getByText("with your settings")).toHaveCount(0);
});

test("curves are added and removed, computed in one run, and come back from the address", async ({
  page,
}) => {
  await open(page, brief);
  await page.getByLabel("Compare with").selectOption("myrtle-w16-s0 (the top itself)");
  await page.getByLabel("Compare with").selectOption("orthogonal");
  await run(page);
  await untilFinished(page);
  const report = await downloadReport(page);
  const [first, self, orthogonal, ...more] = report.curves;
  expect(more).toEqual([]);
  expect([self?.bottom.id, orthogonal?.bottom.id]).toEqual(["myrtle-w16-s0", "myrtle-w16-s1"]);
  expect(orthogonal?.sites[0]?.familyR2).toBeLessThan(first.sites[0]?.leastSquaresR2 ?? 0);
  await page.getByLabel("Similarity measure").selectOption("SVCCA");
  await expect(page.getByRole("columnheader", { name: "SVCCA" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Similarity: SVCCA" })).toBeVisible();
  await page.getByRole("button", { name: "Remove myrtle-w16-s1, orthogonal" }).click();
  // A network stitched to itself: least squares finds the identity.
  expect(self?.sites[0]?.cka).toBeCloseTo(1, 5);
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
    "#v=2&bottom=resnet18-w4-s0&top=myrtle-w16-s0&protocol=glance&layout=grid&train=128&test=64&backend=wasm";
  await open(page, hash);
  await expect(page.getByText("Different architectures")).toBeVisible();
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
