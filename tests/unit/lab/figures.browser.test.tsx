/** The paper's figures with their recorded results. */
import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { presets } from "../../../src/experiment/figures";
import { cancelled } from "../../../src/experiment/events";
import { found, siteResult } from "./fakes";
import { mountPage, openFigure, openSettings, ownAddress, pressInMenu } from "./mounted-page";

test("one click opens a figure with its claim, networks and curves", async () => {
  const { bar } = await mountPage(ownAddress);
  const { title, claim, spec } = presets.seeds;
  await openFigure(title);
  await expect.element(page.getByText(claim)).toBeVisible();
  expect(bar.hash()).toMatch(/&also=resnet18-w16-random/);
  await openSettings();
  await expect
    .element(page.getByLabelText("Bottom network", { exact: true }))
    .toHaveValue(spec.curves[0].bottom);
  await expect
    .element(page.getByRole("list", { name: "Also in the charts" }))
    .toHaveTextContent("untrained resnet18-w16-random");
});

test("a figure's recorded result is shown without a run, and says where it comes from", async () => {
  const { engine } = await mountPage(ownAddress);
  await openFigure(presets.protocol.title);
  await expect.element(page.getByRole("heading", { name: "Saved result" })).toBeVisible();
  await expect.element(page.getByText("Computed in advance on")).toBeVisible();
  await expect.element(page.getBySelector(".plot-dots").first()).toBeInTheDocument();
  await expect.element(page.getByRole("button", { name: /^Run/ })).toBeEnabled();
  expect(engine.runs).toEqual([]);
});

test("the gallery ends with the paper’s Table 1, in words and in numbers", async () => {
  await mountPage(ownAddress);
  await page.getByRole("button", { name: /^Figures: / }).click();
  const table = page.getByRole("region", { name: /^CKA and stitching side by side/ });
  const row = table.getByRole("row", { name: /^More width for the bottom/ });
  await expect.poll(() => table.elements()).toHaveLength(1);
  table.element().scrollIntoView();
  await expect.element(row).toHaveTextContent("better");
  await expect.element(row).toHaveTextContent(/0\.\d\d to 0\.\d\d/);
  await expect.element(row).toHaveTextContent(/[+−]\d+\.\d to [+−]\d+\.\d/);
  await expect.element(row).toHaveTextContent(presets.width.title);
});

test("a control that is off the scale is hidden and shown again, and stays in the table", async () => {
  await mountPage();
  const strip = page.getBySelector(".plot-strip");
  await expect.element(strip).toBeVisible();
  await strip.getByRole("button", { name: "Hide untrained" }).click();
  await expect.element(strip).not.toBeInTheDocument();
  await expect.element(page.getByRole("columnheader", { name: "untrained" })).toBeVisible();
  await page.getByRole("button", { name: "Show untrained" }).click();
  await expect.element(strip).toBeVisible();
});

test("a quick look computes the pair, says that it is not the figure, and one click restores it", async () => {
  const { engine } = await mountPage();
  const recorded = page.getByRole("heading", { name: "Saved result" });
  await expect.element(recorded).toBeVisible();
  await pressInMenu("Quick look");
  await expect.element(page.getByRole("button", { name: "solved in closed form" })).toBeVisible();
  const left = page.getByText(`Based on “${presets.seeds.title}”, with your settings`);
  await expect.element(left).toBeVisible();
  await expect.poll(() => engine.runs).toMatchObject([{ spec: { protocol: "glance" } }]);
  await page.getByRole("button", { name: "Cancel" }).click();
  engine.runs[0]?.events.fail(cancelled());
  await expect.element(recorded).not.toBeInTheDocument();
  await page.getByRole("button", { name: "Restore figure" }).click();
  await expect.element(recorded).toBeVisible();
  await expect.element(page.getBySelector(".plot-curve.before").first()).not.toBeInTheDocument();
  await expect.element(page.getByText("with your settings")).not.toBeInTheDocument();
});

test("without one of its curves a figure keeps the others, and a new one is a gap", async () => {
  const { engine } = await mountPage();
  const saved = page.getByRole("heading", { name: "Saved result" });
  await expect.element(saved).toBeVisible();
  await openSettings();
  const list = page.getByRole("list", { name: "Also in the charts" });
  await list.getByRole("button", { name: /^Remove a third seed, resnet18-w16-s2/ }).click();
  await expect.element(list).not.toHaveTextContent("resnet18-w16-s2");
  await expect.element(saved).toBeVisible();
  await expect.element(page.getBySelector(".plot-dots").first()).toBeInTheDocument();
  await expect.element(page.getByText("No results yet")).not.toBeInTheDocument();

  await page.getByRole("button", { name: "Swap" }).click();
  await expect.element(page.getByRole("heading", { name: "Results" })).toBeVisible();
  await expect.element(page.getByText("No results yet")).not.toBeInTheDocument();
  expect(engine.runs).toEqual([]);
});

test("after a quick look the recorded curves stay, named as what they are, until a run replaces them", async () => {
  const { engine } = await mountPage();
  await expect.element(page.getByRole("heading", { name: "Saved result" })).toBeVisible();
  await pressInMenu("Quick look");
  const old = page.getBySelector(".plot-penalty .plot-curve.before");
  const places = (): number =>
    old.elements().reduce((sum, { innerHTML }) => sum + (innerHTML.match(/[ML]/g)?.length ?? 0), 0);
  await expect.poll(() => old.elements()).toHaveLength(4);
  // The control is on its strip.
  await expect.element(page.getBySelector(".plot-strip .plot-curve.before")).toBeInTheDocument();
  expect(page.getBySelector(".plot-strip-value").elements()).toHaveLength(0);
  const name = page.getBySelector(".plot-penalty .plot-label.main");
  await expect.element(name).toHaveTextContent(/, as recorded$/);
  await expect.element(page.getByText("Dotted: recorded with the figure’s settings")).toBeVisible();
  // No number speaks of them.
  expect(page.getByRole("table").elements()).toHaveLength(0);
  expect(page.getByText(/Extra error/).elements()).toHaveLength(0);
  expect(page.getByRole("button", { name: /^Export/ }).elements()).toHaveLength(0);

  const before = places();
  await expect.poll(() => engine.runs).toHaveLength(1);
  engine.runs[0]?.events.send(found({ type: "site", result: siteResult(3) }));
  await expect.element(page.getByRole("table").first()).toBeVisible();
  await expect.poll(places).toBe(before - 1);
  const [first] = page.getByRole("table").elements();
  expect(first?.textContent).toContain("+5.0");
  await expect.element(name).not.toHaveTextContent("as recorded");
});

test("a curve that is added to a figure has a dashed place and a button that computes it, and the others stay", async () => {
  const { engine } = await mountPage();
  await expect.element(page.getByRole("heading", { name: "Saved result" })).toBeVisible();
  const curves = page.getBySelector(".plot-penalty .plot-curve .plot-dots");
  const unknown = page.getBySelector(".plot-penalty .plot-label.unknown");
  const known = curves.elements().length;
  expect(unknown.elements()).toHaveLength(0);
  await openSettings();
  const choice = page.getByLabelText("Compare with");
  // No figure has it as a bottom.
  const option = choice
    .element()
    .querySelector<HTMLOptionElement>("option[value*='resnet18-w4-s0']");
  await choice.selectOptions(option?.value ?? "");
  await expect.poll(() => unknown.elements()).toHaveLength(1);
  expect(getComputedStyle(unknown.element(), "::before").borderTopStyle).toBe("dashed");
  expect(curves.elements().filter((dots) => dots.getAttribute("d") !== "")).toHaveLength(known);
  const run = page.getByRole("button", { name: /^Run “.*”, (about|under) .* (s|min|h)/ });
  await expect.element(run).toBeVisible();
  await run.click();
  await expect.poll(() => engine.runs).toHaveLength(1);
});
