/** The way from the header to a file: the header, the results and two dialogs take part. */
import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { mountPage } from "../../mounted-page";

const dialog = page.getByRole("dialog");

test("Share leads to the export, which says what it saved", async () => {
  await mountPage("#figure=seeds");
  await expect.element(page.getByRole("button", { name: "Download report" })).toBeInTheDocument();
  await page.getByRole("button", { name: "Share" }).click();
  await dialog.getByRole("button", { name: "Export…" }).click();
  await expect.element(page.getByRole("dialog", { name: "Export this experiment" })).toBeVisible();
  await dialog.getByRole("button", { name: "Save CSV" }).click();
  await expect
    .element(dialog.getByRole("status").first())
    .toHaveTextContent("Saved resnet18-w16-s1--resnet18-w16-s0--quick-seed0.csv");
  const figure = dialog.getByRole("group", { name: "Penalty and similarity" });
  const next = dialog.getByRole("group", { name: "Stitching penalty" }).element();
  const before = next.getBoundingClientRect().top - figure.element().getBoundingClientRect().top;
  await figure.getByRole("button", { name: "SVG" }).click();
  await expect.element(figure.getByRole("status")).toHaveTextContent(/^Saved resnet.*\.svg$/);
  // Its room was kept.
  const after = next.getBoundingClientRect().top - figure.element().getBoundingClientRect().top;
  expect(after).toBe(before);
});

test("the focus goes back to Share when the export that it led to is closed", async () => {
  await mountPage("#figure=seeds");
  await expect.element(page.getByRole("button", { name: "Download report" })).toBeInTheDocument();
  const share = page.getByRole("button", { name: "Share" });
  await share.click();
  await dialog.getByRole("button", { name: "Export…" }).click();
  const exported = page.getByRole("dialog", { name: "Export this experiment" });
  await expect.element(exported).toBeVisible();
  await userEvent.keyboard("{Escape}");
  await expect.element(exported).not.toBeInTheDocument();
  await expect.element(share).toHaveFocus();
});

test("Share offers no export while the results are covered", async () => {
  await mountPage("?predict#figure=seeds");
  await page.getByRole("button", { name: "Share" }).click();
  await expect.element(dialog.getByRole("textbox", { name: "Link" })).toBeVisible();
  expect(dialog.getByRole("button", { name: "Export…" }).elements()).toHaveLength(0);
});
