/**
 * What the page explains: the tour, the words of the charts, the method, the networks that there
 * are.
 */
import { expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { recordedNames, presets } from "../../../src/experiment/figures";
import { mountPage, pressInMenu } from "./mounted-page";
import { wantNoMotion } from "./motion";

test("the tour visits the live page in six steps, also by keyboard, and can be ended", async () => {
  await mountPage();
  await pressInMenu("Tour");
  const card = page.getByRole("dialog", { name: /^Tour, step/ });
  const frame = page.getBySelector(".tour-frame");
  for (const step of [1, 2, 3, 4, 5, 6]) {
    await expect.element(card).toHaveAccessibleName(new RegExp(`step ${step} of 6`));
    // What it speaks of is on the screen, within its frame.
    await expect.element(frame).toBeInViewport();
    const { width, bottom } = frame.element().getBoundingClientRect();
    expect(width).toBeGreaterThan(20);
    const names = page.getBySelector(".axis-names").element().getBoundingClientRect();
    if (step === 1) expect(bottom).toBeGreaterThanOrEqual(names.bottom);
    const next = card.getByRole("button", { name: step === 6 ? "Done" : "Next" }).element();
    (next as HTMLElement).focus();
    await userEvent.keyboard("{Enter}");
  }
  await expect.element(card).not.toBeInTheDocument();

  await pressInMenu("Tour");
  await expect.element(card).toBeVisible();
  await userEvent.keyboard("{Escape}");
  await expect.element(card).not.toBeInTheDocument();
});

test("the tour jumps, and does not glide, for a visitor who wants no motion", async () => {
  const asked = vi.spyOn(Element.prototype, "scrollIntoView");
  const lastMotion = (): unknown => (asked.mock.lastCall?.[0] as ScrollIntoViewOptions).behavior;
  const card = page.getByRole("dialog", { name: /^Tour, step/ });
  try {
    await mountPage();
    await pressInMenu("Tour");
    await expect.element(card).toBeVisible();
    expect(lastMotion()).toBe("smooth");
    await wantNoMotion(true);
    await card.getByRole("button", { name: "Next" }).click();
    await expect.element(card).toHaveAccessibleName(/step 2/);
    expect(lastMotion()).toBe("instant");
    expect(page.getBySelector(".tour-frame").element().getAnimations()).toEqual([]);
  } finally {
    asked.mockRestore();
    await wantNoMotion(false);
  }
});

test("a term is explained where it is pressed, focused or pointed at", async () => {
  await mountPage();
  const term = page.getByRole("button", { name: "Stitching penalty" });
  const explanation = page.getByText("minus the top network’s own, in percentage points");
  await term.click();
  await expect.element(explanation).toBeInViewport();
  await userEvent.keyboard("{Escape}");
  await expect.element(explanation).not.toBeVisible();

  // Away and back.
  await userEvent.keyboard("{Tab}");
  await userEvent.keyboard("{Shift>}{Tab}{/Shift}");
  await expect.element(term).toHaveFocus();
  await expect.element(explanation).toBeInViewport();
  await userEvent.keyboard("{Tab}");
  await expect.element(explanation).not.toBeVisible();

  await userEvent.unhover(term);
  await userEvent.hover(term);
  await expect.element(explanation).toBeInViewport();
  await userEvent.hover(explanation);
  await expect.element(explanation).toBeInViewport();
  await userEvent.hover(page.getByRole("heading", { name: "Stitch Lab" }));
  await expect.element(explanation).not.toBeVisible();
});

// Escape would close the explanation, and not the view that the visitor wants to leave.
test("a term that comes to lie under a resting pointer is explained only once the pointer moves", async () => {
  await mountPage();
  const term = page.getByRole("button", { name: "Stitching penalty" });
  const explanation = page.getByText("minus the top network’s own, in percentage points");
  await expect.element(term).toBeVisible();
  const blind = document.body.appendChild(document.createElement("div"));
  blind.setAttribute("style", "position: fixed; inset: 0; z-index: 9");
  const { left, top, width, height } = term.element().getBoundingClientRect();
  await userEvent.hover(page.elementLocator(blind), {
    position: { x: left + width / 2, y: top + height / 2 },
  });
  const entered = new Promise<void>((resolve) => {
    term.element().addEventListener("pointerenter", () => resolve(), { once: true });
  });
  blind.remove();
  await entered;
  // Longer than a pointer has to rest.
  await new Promise((resolve) => setTimeout(resolve, 500));
  await expect.element(explanation).not.toBeVisible();
  await userEvent.hover(term, { position: { x: 3, y: 3 } });
  await expect.element(explanation).toBeInViewport();
});

test("a closed explanation of a focused term stays closed when the pointer leaves the term", async () => {
  await mountPage();
  const term = page.getByRole("button", { name: "Stitching penalty" });
  const explanation = page.getByText("minus the top network’s own, in percentage points");
  await term.click();
  await expect.element(explanation).toBeInViewport();
  await userEvent.keyboard("{Escape}");
  await expect.element(term).toHaveFocus();
  await userEvent.hover(page.getByRole("heading", { name: "Stitch Lab" }));
  // Longer than a pointer has to be gone.
  await new Promise((resolve) => setTimeout(resolve, 500));
  await expect.element(explanation).not.toBeVisible();
});

test("an explanation closed at once is not opened again by the pointer that has pressed its term", async () => {
  await mountPage();
  const term = page.getByRole("button", { name: "Stitching penalty" });
  const explanation = page.getByText("minus the top network’s own, in percentage points");
  await expect.element(term).toBeVisible();
  // As Escape would, at once.
  term
    .element()
    .dispatchEvent(new PointerEvent("pointermove", { bubbles: true, pointerType: "mouse" }));
  (term.element() as HTMLElement).click();
  (explanation.element() as HTMLElement).hidePopover();
  // Longer than a pointer has to rest.
  await new Promise((resolve) => setTimeout(resolve, 500));
  await expect.element(explanation).not.toBeVisible();
});

test("each view marks the terms that it begins with, each once", async () => {
  await mountPage();
  const marked = (of: string): readonly string[] =>
    [...document.querySelectorAll(`${of} .term`)]
      // A phone's legend is there on wide screens, too, but not seen.
      .filter((term) => term.checkVisibility())
      .map(({ textContent }) => textContent);
  await expect
    .poll(() => marked("main"))
    .toEqual([
      "stitch",
      "layer",
      "Stitching penalty",
      "least squares",
      "Similarity",
      "standard error",
    ]);
  await page.getByLabelText("Similarity measure").selectOptions("linear CKA, biased");
  await expect.poll(() => marked(".plot-similarity")).toEqual(["chance level"]);
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByText(/^Advanced/).click();
  await expect
    .poll(() => marked(".setup"))
    .toEqual(["Networks", "stitch", "control", "Correct means", "Layers"]);
});

test("the method and its pitfalls are explained", async () => {
  await mountPage();
  await pressInMenu("How it works");
  const view = page.getByRole("dialog", { name: "How stitching works" });
  await expect.element(view.getByText("Near the input, a low penalty says little")).toBeVisible();
  await view.getByRole("button", { name: "Close" }).click();
  await expect.element(view).not.toBeInTheDocument();
});

test("the gallery draws every recorded figure, and opens one with a click", async () => {
  await mountPage();
  await page.getByRole("button", { name: /^Figures: / }).click();
  const gallery = page.getByRole("dialog", { name: /^Figures/ });
  await expect.element(gallery.getBySelector(".figure-button svg").first()).toBeVisible();
  const figure = gallery.getByRole("button", { name: presets.protocol.title });
  await expect.poll(() => figure.getBySelector("svg").elements()).toHaveLength(1);
  await figure.click();
  await expect.element(gallery).not.toBeInTheDocument();
  const title = page.getByRole("heading", { name: presets.protocol.claim });
  await expect.element(title).toBeVisible();
  await page.getByRole("button", { name: /^Next figure/ }).click();
  await expect.element(title).not.toBeInTheDocument();
  expect(recordedNames).toContain("protocol");
});

test("the gallery opens the view of the stitch over its figure, and the address has it", async () => {
  const { bar, query } = await mountPage("#figure=deep");
  await page.getByRole("button", { name: /^Figures: / }).click();
  await page.getByRole("button", { name: /^What the stitch does/ }).click();
  const view = page.getByRole("dialog", { name: "What the stitch does" });
  await expect.element(view).toBeVisible();
  expect(query()).toBe("?see-stitch");
  expect(bar.hash()).toContain("bottom=resnet18-w16-s1&top=resnet18-w16-s0");
  await view.getByRole("button", { name: "Close" }).click();
  await expect.element(view).not.toBeInTheDocument();
  expect(query()).toBe("");
});

test("an address opens the view of the stitch", async () => {
  await mountPage("?see-stitch#figure=seeds");
  await expect.element(page.getByRole("dialog", { name: "What the stitch does" })).toBeVisible();
});

test("the view of the stitch stays closed over a result that is still covered", async () => {
  await mountPage("?see-stitch&predict#figure=seeds");
  await page.getByRole("button", { name: /^Figures: / }).click();
  const gallery = page.getByRole("dialog");
  await expect.element(gallery.getByRole("heading", { level: 3 }).first()).toBeVisible();
  // Neither do the groups of figures give their results away.
  for (const group of gallery.getByRole("heading", { level: 3 }).elements()) {
    expect(group.textContent).toMatch(/\?$/);
  }
  expect(page.getByText("What the stitch does").elements()).toHaveLength(0);
});

test("networks are searched, filtered and added as curves", async () => {
  const { bar } = await mountPage(
    "#v=1&bottom=resnet18-w16-s1&top=resnet18-w16-s0&protocol=glance&backend=wasm",
  );
  await page.getByRole("button", { name: /^Bottom network: / }).click();
  const view = page.getByRole("dialog", { name: "Choose the bottom network" });
  await view.getByLabelText("Search").fill("never trained");
  await expect.element(view.getByRole("listitem").first()).toHaveTextContent("random");
  await view.getByLabelText("Search").fill("resnet-18, untrained w16-random");
  await expect.element(view.getByRole("listitem").first()).toHaveTextContent("untrained");
  await view.getByRole("button", { name: /^Add as another curve.*resnet18-w16-random/ }).click();
  await view.getByRole("button", { name: "Close" }).click();
  expect(bar.hash()).toMatch(/&also=resnet18-w16-random/);

  await page.getByRole("button", { name: /^Top network: / }).click();
  const tops = page.getByRole("dialog", { name: "Choose the top network" });
  await tops.getByLabelText("Architecture").selectOptions("ResNet-18, 8 filters");
  await tops
    .getByRole("button", { name: /^Use ResNet-18, 8 filters, seed 0 · resnet18-w8-s0$/ })
    .click();
  await expect.poll(() => bar.hash()).toMatch(/&top=resnet18-w8-s0&/);
  await page.getByRole("button", { name: /^Top network: / }).click();
  await tops.getByLabelText("Search").fill("no such network");
  await expect.element(tops.getByText("No matching networks.")).toBeVisible();
  await tops.getByRole("button", { name: "Show all" }).click();
  await expect.element(tops.getByRole("listitem").first()).toBeVisible();
});
