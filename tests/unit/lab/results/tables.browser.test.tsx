/** The heat maps and the numbers: cells as buttons, and what stays in place. */
import { createRoot, type Root } from "react-dom/client";
import { useState, type ReactNode } from "react";
import { afterEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { Architecture } from "../../../../src/core/nets/architecture-schema";
import type { StitchRef } from "../../../../src/engine/host/inspect";
import { GridTable } from "../../../../src/lab/results/tables/GridTable";
import { ResultsTable } from "../../../../src/lab/results/tables/ResultsTable";
import { InspectContext, LayerContext } from "../../../../src/lab/view/result-contexts";
import { gridRows, pairFor } from "./grid-rows";
import "../../../../src/lab/app/styles";
import { targetWords } from "../../../../src/lab/format/target-words";

const words = targetWords({});

const myrtle: Architecture = { family: "myrtle", width: 16 };
const resnet164: Architecture = { family: "resnet", blocks: [27, 27, 27], width: 16 };

let root: Root | undefined;
afterEach(() => {
  root?.unmount();
  document.body.replaceChildren();
});

/** @returns stitches that were asked for */
async function mount(content: ReactNode, width = 1280): Promise<readonly StitchRef[]> {
  await page.viewport(width, 800);
  const element = document.body.appendChild(document.createElement("div"));
  const asked: StitchRef[] = [];
  root = createRoot(element);
  root.render(<Contexts inspect={(stitch) => asked.push(stitch)}>{content}</Contexts>);
  return asked;
}

interface ContextsProps {
  readonly inspect: (stitch: StitchRef) => void;
  readonly children: ReactNode;
}

function Contexts({ inspect, children }: ContextsProps): ReactNode {
  const [layer, pointAt] = useState<number | null>(null);
  return (
    <LayerContext value={{ layer, choose: pointAt, pointAt }}>
      <InspectContext value={inspect}>{children}</InspectContext>
    </LayerContext>
  );
}

function grid(architecture: Architecture): ReactNode {
  const pair = pairFor(architecture, architecture);
  const rows = gridRows(pair, (from, to) => Math.abs(from - to) / 100);
  return (
    <GridTable pair={pair} rows={rows} measure="linear CKA, debiased" picker={null} words={words} />
  );
}

const penalties = page.getByRole("table", { name: /^Stitching penalty/ });

test("a diagonal cell opens its stitch wherever it is pressed, and no cell moves", async () => {
  const asked = await mount(grid(myrtle));
  const cell = penalties.getByRole("cell").nth(5);
  await expect.element(cell).toHaveClass("paired");
  const before = cell.element().getBoundingClientRect();
  await cell.click({ position: { x: 2, y: 2 } });
  await cell.click({ position: { x: before.width - 3, y: before.height - 3 } });
  expect(asked).toEqual([
    { curve: 0, site: 5 },
    { curve: 0, site: 5 },
  ]);
  expect(cell.element().getBoundingClientRect().top).toBe(before.top);
  await expect.element(page.getByText(/^stage 2 · penalty 0\.0 ± 0\.3/)).toBeVisible();
});

test("the keyboard stops at a map once, and arrows move through its cells", async () => {
  const asked = await mount(grid(myrtle));
  await expect.element(penalties).toBeVisible();
  // Past the explanation of its title.
  await userEvent.tab();
  await userEvent.tab();
  await userEvent.keyboard("{ArrowRight}{ArrowDown}{Enter}");
  expect(asked).toEqual([{ curve: 0, site: 5 }]);
  await userEvent.tab();
  expect(penalties.element().contains(document.activeElement)).toBe(false);
});

test("82 layers by 82 fit a desktop; on a phone names stay while the cells move", async () => {
  await mount(grid(resnet164));
  await expect.element(penalties).toBeVisible();
  const frame = (): HTMLElement => {
    const found = penalties.element().closest<HTMLElement>(".heat-frame");
    if (!found) throw new Error("no frame");
    return found;
  };
  expect(frame().scrollWidth).toBeLessThanOrEqual(frame().clientWidth);
  await page.viewport(390, 844);
  await expect.poll(() => frame().scrollWidth).toBeGreaterThan(frame().clientWidth);
  frame().scrollTo(300, 300);
  const { left, top } = frame().getBoundingClientRect();
  const [row, column] = [
    frame().querySelectorAll("tbody th")[40]?.getBoundingClientRect(),
    frame().querySelectorAll("thead th")[40]?.getBoundingClientRect(),
  ];
  expect(row?.left).toBeCloseTo(left + 2, -1);
  expect(column?.top).toBeCloseTo(top + 2, -1);
});

function numbers(count: number): ReactNode {
  const pair = pairFor(myrtle, myrtle);
  const rows = (offset: number) =>
    gridRows(pair, (_, to) => (offset + to) / 100)
      .slice(0, 4)
      .map((row, site) => ({ ...row, site, name: `stage ${site + 1}` }));
  const curves = Array.from({ length: count }, (_, place) => ({
    label: count === 1 ? null : `curve ${place}`,
    rows: rows(place),
  }));
  return (
    <ResultsTable
      {...{ curves, words }}
      trained
      measure="linear CKA, debiased"
      images="test images"
    />
  );
}

test("every number of every curve opens its stitch", async () => {
  const asked = await mount(numbers(3));
  const button = page.getByRole("button", { name: /^Inspect stage 3, curve 1: \+3\.0 ± 0\.3$/ });
  await expect.element(button).toBeVisible();
  const cell = button.element().closest("td");
  expect(button.element().getBoundingClientRect().width).toBe(cell?.getBoundingClientRect().width);
  await button.click();
  expect(asked).toEqual([{ curve: 1, site: 2 }]);
});

test("the switch changes the numbers, and a column sorts them", async () => {
  await mount(numbers(2));
  const table = page.getByRole("table", { name: /^Numbers at each layer/ });
  const first = table.getByRole("row").nth(1);
  await expect.element(first).toHaveTextContent(/^stage 1/);
  await table.getByRole("button", { name: "curve 1", exact: true }).click();
  await expect.element(first).toHaveTextContent(/^stage 4\+3\.0 ± 0\.3\+4\.0 ± 0\.3$/);
  await page.getByText("linear CKA, debiased").click();
  await expect.element(first).toHaveTextContent(/^stage 1\D*1\.000\D*0\.990$/);
});

test("on a phone the layers stay while the curves move", async () => {
  await mount(numbers(6), 390);
  const table = page.getByRole("table", { name: /^Numbers at each layer/ });
  await expect.element(table).toBeVisible();
  const frame = table.element().parentElement;
  if (!frame) throw new Error("no frame");
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
  frame.scrollTo(200, 0);
  const header = frame.querySelector("tbody th")?.getBoundingClientRect();
  expect(header?.left).toBe(frame.getBoundingClientRect().left);
});

test("of a single curve all quantities are columns", async () => {
  await mount(numbers(1));
  const heads = page.getByRole("columnheader");
  await expect
    .poll(() => heads.elements().map((head) => head.textContent))
    .toEqual(["Layer", "Penalty", "Least squares", "linear CKA, debiased", "Steps"]);
});
