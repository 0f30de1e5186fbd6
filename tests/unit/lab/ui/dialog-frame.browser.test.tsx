/** The focus and the scrolling of a view that opens over the page: need a browser's dialogs. */
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { DialogFrame } from "../../../../src/lab/ui/DialogFrame";
import { PageDialog } from "../../../../src/lab/ui/PageDialog";
import "../../../../src/lab/app/styles";

let root: Root;
let element: HTMLElement;
beforeEach(() => {
  element = document.body.appendChild(document.createElement("div"));
  root = createRoot(element);
});
afterEach(() => {
  root.unmount();
  element.remove();
});

const close = page.getByRole("button", { name: "Close" });

test("a view that is open from the start shows no focus ring, and Tab goes to its button", async () => {
  root.render(
    <DialogFrame title="View" onClose={() => undefined}>
      Text
    </DialogFrame>,
  );
  const dialog = page.getByRole("dialog", { name: "View" });
  await expect.element(dialog).toHaveFocus();
  expect(getComputedStyle(dialog.element()).outlineStyle).toBe("none");
  expect(close.element().matches(":focus-visible")).toBe(false);
  await userEvent.keyboard("{Tab}");
  await expect.element(close).toHaveFocus();
});

test("a view that a key opens has the focus on its button, and gives it back", async () => {
  root.render(<PageDialog label="Open">{() => "Text"}</PageDialog>);
  const opener = page.getByRole("button", { name: "Open" });
  await expect.element(opener).toBeVisible();
  (opener.element() as HTMLElement).focus();
  await userEvent.keyboard("{Enter}");
  await expect.element(close).toHaveFocus();
  await userEvent.keyboard("{Escape}");
  await expect.element(opener).toHaveFocus();
});

test("the contents scroll under the head, also by keys while the focus is on its button", async () => {
  root.render(
    <PageDialog label="Open">{() => <p style={{ height: "300vh" }}>Long text</p>}</PageDialog>,
  );
  await page.getByRole("button", { name: "Open" }).click();
  await expect.element(close).toHaveFocus();
  const { top } = close.element().getBoundingClientRect();
  const text = page.getByText("Long text").element();
  const before = text.getBoundingClientRect().top;
  await userEvent.keyboard("{PageDown}");
  await expect.poll(() => text.getBoundingClientRect().top).toBeLessThan(before - 50);
  expect(close.element().getBoundingClientRect().top).toBe(top);
});
