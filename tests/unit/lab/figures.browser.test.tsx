/** The paper's figures with their recorded results. */
import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { presets } from "../../../src/experiment/figures";
import { mountPage, openFigure, ownAddress } from "./mounted-page";

test("one click opens a figure with its claim, networks and curves", async () => {
  const { bar } = await mountPage(ownAddress);
  const { title, claim, spec } = presets.seeds;
  await openFigure(title);
  await expect.element(page.getByText(claim)).toBeVisible();
  expect(bar.hash()).toMatch(/&also=resnet18-w16-random/);
  await expect
    .element(page.getByLabelText("Bottom network", { exact: true }))
    .toHaveValue(spec.curves[0].bottom);
  await expect
    .element(page.getByRole("list", { name: "Also in the charts" }))
    .toHaveTextContent("resnet18-w16-random");
});

test("a figure's recorded result is shown without a run, and says where it comes from", async () => {
  const { engine } = await mountPage(ownAddress);
  await openFigure(presets.protocol.title);
  await expect.element(page.getByRole("heading", { name: "Saved result" })).toBeVisible();
  await expect.element(page.getByText("Computed in advance on")).toBeVisible();
  await expect.element(page.getBySelector(".recharts-line-dot").first()).toBeVisible();
  await expect.element(page.getByRole("button", { name: /^Run/ })).toBeEnabled();
  expect(engine.runs).toEqual([]);
});

test("the gallery ends with the paper’s Table 1, in words and in numbers", async () => {
  await mountPage(ownAddress);
  await page.getByRole("button", { name: "Figures" }).click();
  const table = page.getByRole("region", { name: /^CKA and stitching side by side/ });
  const row = table.getByRole("row", { name: /^More width for the bottom/ });
  await expect.poll(() => table.elements()).toHaveLength(1);
  table.element().scrollIntoView();
  await expect.element(row).toHaveTextContent("better");
  await expect.element(row).toHaveTextContent(/0\.\d\d to 0\.\d\d/);
  await expect.element(row).toHaveTextContent(/[+−]\d+\.\d to [+−]\d+\.\d/);
  await expect.element(row).toHaveTextContent(presets.width.title);
});

test("a control is hidden and shown again", async () => {
  await mountPage();
  const chart = page.getByRole("figure", { name: /^Stitching penalty/ });
  const control = chart.getByRole("button", { name: "resnet18-w16-random", exact: true });
  const topTick = (): number => {
    const texts = [...chart.element().querySelectorAll("svg text")].map((text) => text.textContent);
    return Math.max(...texts.flatMap((text) => (/^\+\d+$/.test(text) ? Number(text) : [])));
  };
  await expect.element(page.getBySelector(".recharts-line-dot").first()).toBeVisible();
  await expect.element(control).toHaveAttribute("aria-pressed", "true");
  const whole = topTick();
  await control.click();
  await expect.element(control).toHaveAttribute("aria-pressed", "false");
  await expect.poll(topTick).toBeLessThan(whole / 4);
  // Vitest finds no role for the header of a group of rows.
  const header = page.getBySelector('th[scope="rowgroup"]');
  await expect.element(header.filter({ hasText: /^resnet18-w16-random$/ })).toBeVisible();
  await control.click();
  await expect.poll(topTick).toBe(whole);
});

test("a quick look leaves the figure, says so, and one click restores it", async () => {
  await mountPage();
  const recorded = page.getByRole("heading", { name: "Saved result" });
  await expect.element(recorded).toBeVisible();
  await page.getByRole("button", { name: "Quick look" }).click();
  await expect.element(page.getByRole("radio", { name: /^glance/ })).toBeChecked();
  const left = page.getByText(`“${presets.seeds.title}” with your settings`);
  await expect.element(left).toBeVisible();
  await expect.element(recorded).not.toBeInTheDocument();
  await page.getByRole("button", { name: "Restore figure" }).click();
  await expect.element(recorded).toBeVisible();
  await expect.element(page.getByText("with your settings")).not.toBeInTheDocument();
});

test("without one of its curves a figure keeps the others, and a new one is a gap", async () => {
  const { engine } = await mountPage();
  const saved = page.getByRole("heading", { name: "Saved result" });
  await expect.element(saved).toBeVisible();
  const list = page.getByRole("list", { name: "Also in the charts" });
  await list.getByRole("button", { name: /^Remove resnet18-w16-s2/ }).click();
  await expect.element(list).not.toHaveTextContent("resnet18-w16-s2");
  await expect.element(saved).toBeVisible();
  await expect.element(page.getBySelector(".recharts-line-dot").first()).toBeVisible();
  await expect.element(page.getByText("No results yet")).not.toBeInTheDocument();

  await page.getByRole("button", { name: "Swap" }).click();
  await expect.element(page.getByRole("heading", { name: "Results" })).toBeVisible();
  await expect.element(page.getByText("No results yet")).not.toBeInTheDocument();
  expect(engine.runs).toEqual([]);
});
