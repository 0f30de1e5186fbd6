/** What the page says of an address: what it could not read of it, and what its networks are. */
import { describe, expect, test } from "vitest";
import { page } from "vitest/browser";
import { brokenAddresses } from "./broken-addresses";
import { mountPage, openSettings, servedZoo, textsOf } from "./mounted-page";

const { models } = await servedZoo();

describe.each(brokenAddresses(models.length))("$hash", ({ hash, said, protocol }) => {
  test("opens the page, which says what it could not read", async () => {
    const { bar } = await mountPage(hash);
    const notice = page.getByRole("region", {
      name: "Part of the link could not be read",
    });
    await expect.poll(() => textsOf(notice.getByRole("listitem"))).toEqual(said);
    await openSettings();
    const chosen = page.getByRole("radio", { name: new RegExp(`^${protocol}`) });
    await expect.element(chosen).toBeChecked();

    // What was typed stays until the visitor has seen to it.
    expect(bar.hash()).toBe(hash);
    await notice.getByRole("button", { name: "Dismiss" }).click();
    await expect.element(notice).not.toBeInTheDocument();
    expect(bar.hash()).toMatch(
      new RegExp(`^#v=3&bottom=resnet18-w16-s1&top=resnet18-w16-s0&protocol=${protocol}`),
    );
  });
});

test("two networks of different kinds are reported as such, and can be run", async () => {
  await mountPage("#v=1&bottom=myrtle-w16-s0&top=resnet18-w16-s0&protocol=glance&backend=wasm");
  await openSettings();
  const differently = page.getByText("Different architectures");
  await expect.element(differently).toBeVisible();
  await expect.element(page.getByRole("button", { name: "Run" })).toBeEnabled();
  await page.getByLabelText("Top network", { exact: true }).selectOptions("myrtle-w16-s1");
  await expect.element(differently).not.toBeInTheDocument();
  await expect.element(page.getByRole("button", { name: "Run" })).toBeEnabled();
});

test("an address of a visitor's own networks names them, and computes nothing", async () => {
  const { engine } = await mountPage(
    "#v=1&bottom=resnet18-w16-s1&top=resnet18-w16-s0&protocol=quick",
  );
  await openSettings();
  for (const [label, id] of [
    ["Top network", "resnet18-w16-s0"],
    ["Bottom network", "resnet18-w16-s1"],
  ] as const) {
    const picker = page.getByLabelText(label, { exact: true });
    await expect.element(picker).toHaveValue(id);
    // Every network of the zoo may be chosen, those of the experiment's images first.
    const ids = textsOf(picker.getByRole("option")).map((text) => text.split(" · ").at(-1) ?? "");
    expect(ids.toSorted()).toEqual(models.map((model) => model.id).toSorted());
    expect(ids.at(-1)).toMatch(/^fashion-/);
    const model = models.find((candidate) => candidate.id === id);
    const accuracy = 100 * (1 - (model?.testError ?? NaN));
    const card = picker.element().closest(".network");
    expect(card?.textContent).toContain(
      `${model?.summary ?? "no such network"} Test accuracy ${accuracy.toFixed(1)}% on 10,000 images.`,
    );
    expect(card?.textContent).toContain("ResNet-18, 16 filters");
  }
  await expect.element(page.getByRole("heading", { name: "No results yet" })).toBeVisible();
  await expect.element(page.getByRole("table")).not.toBeInTheDocument();
  expect(engine.runs).toEqual([]);
});
