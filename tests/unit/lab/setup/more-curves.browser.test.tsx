/** The list of other curves, with what the page says of the pair that is left: needs the page. */
import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { mountPage, openSettings } from "../mounted-page";

const others = page.getByRole("list", { name: "Also in the charts" });
const status = page.getBySelector(".run-panel");
const note = page.getByText(/similar, yet costs/);

test("one press removes all other curves", async () => {
  await mountPage("#figure=seeds");
  await openSettings();
  await expect.element(others).toBeVisible();
  await page.getByRole("button", { name: "Remove all other curves" }).click();
  await expect.element(others).not.toBeInTheDocument();
});

test("a pair without a result next to a figure's curves is no saved result and has no note", async () => {
  await mountPage("#figure=seeds");
  await expect.element(status).toHaveTextContent("Saved result");
  await expect.element(note.first()).toBeInTheDocument();
  await openSettings();
  // No figure has it as a bottom.
  await page.getByLabelText("Bottom network").selectOptions("resnet18-w4-s0");
  await expect.element(others).toBeVisible();
  await expect.element(status).not.toHaveTextContent("Saved result");
  expect(note.elements()).toHaveLength(0);
});

test("controls that know only labels are added with one choice each", async () => {
  await mountPage("#figure=random");
  await openSettings();
  const add = page.getByLabelText("Compare with");
  for (const label of ["class-clustered noise", "fitted to shuffled labels"]) {
    const option = page.getByRole("option", { name: label });
    expect(option.first().element().closest("optgroup")?.label).toBe("Controls");
    await add.selectOptions(label);
    await expect.element(others).toHaveTextContent(label);
  }
});
