/** Predicting on the page: places on the screen, focus and keys need a browser. */
import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { mountPage } from "../mounted-page";

const layers = page.getByRole("slider", { name: /^(stem|block \d)$/ });
const reveal = page.getByRole("button", { name: "Reveal" });

async function drawFirstLayers(): Promise<void> {
  await expect.element(layers.first()).toBeInTheDocument();
  (layers.first().element() as HTMLElement).focus();
  await userEvent.keyboard("{ArrowUp}{ArrowRight}{Shift>}{ArrowUp}{/Shift}");
}

test("the chart to draw on shares the drawing's layer axis, and nothing covers it", async () => {
  await mountPage("?predict#figure=seeds");
  await expect.poll(() => layers.elements()).toHaveLength(9);
  const middle = (element: Element): number => {
    const { left, right } = element.getBoundingClientRect();
    return (left + right) / 2;
  };
  const names = page.getBySelector(".predict .axis-name").elements().map(middle);
  layers.elements().forEach((handle, k) => {
    expect(Math.abs(middle(handle) - (names[k] ?? NaN))).toBeLessThan(1.5);
  });
  const chart = page.getBySelector(".predict-area").element().getBoundingClientRect();
  const drawing = page.getBySelector(".predict .drawing").element().getBoundingClientRect();
  expect(chart.height).toBeGreaterThan(200);
  expect(drawing.bottom).toBeLessThanOrEqual(chart.top);
  expect(reveal.element().getBoundingClientRect().top).toBeGreaterThanOrEqual(chart.bottom);
  // Nothing is drawn yet, and networks have names for people.
  expect(page.getBySelector(".predict .plot-dots").element().getAttribute("d")).toBe("");
  await expect.element(page.getBySelector(".predict")).toHaveTextContent("ResNet-18, seed 1");
  expect(page.getBySelector(".predict").element().textContent).not.toContain("resnet18-");
});

test("the figure's own curve is predicted, and the score says where the largest miss is", async () => {
  await mountPage("?predict#figure=shuffled");
  await drawFirstLayers();
  await expect.element(page.getByText("(positions shuffled)")).toBeVisible();
  await expect.element(page.getByText("2 of 9 layers drawn.")).toBeVisible();
  await reveal.click();
  const score = page.getByText(/^You were off by \d+\.\d points on average over 2 layers, most at/);
  await expect.element(score).toHaveFocus();
  // Unshuffled, the first layers cost a point or two.
  expect(score.element().textContent).toMatch(/the result is \+[4-9]\d\.\d/);
  await expect.element(page.getByText("your prediction").first()).toBeVisible();
  expect(page.getBySelector(".predict-gap").element().getAttribute("d")).toMatch(/^M.*Z$/);
});
