/** The card of the figure without a saved result: which files it needs, and when it opens. */
import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { imagenetFigure, imagenetNetworks } from "../../../../src/experiment/figures/imagenet";
import { mountPage } from "../mounted-page";

test("the figure on ImageNet names its files and commands, and opens only with all of them", async () => {
  await mountPage("#figure=seeds");
  await page.getByRole("button", { name: /^Figures: / }).click();
  await page.getByRole("button", { name: new RegExp(imagenetFigure.title) }).click();
  for (const { name, from, address } of imagenetNetworks) {
    const part = page.getByRole("region", { name, exact: true });
    await expect.element(part).toHaveTextContent(from);
    await expect.element(part).toHaveTextContent("Not chosen yet.");
    await expect.element(part).toHaveTextContent("python3 -m zoo.convert");
    const links = part.getByRole("link").elements();
    expect(links.map((link) => link.getAttribute("href"))).toContain(address);
  }
  await expect.element(page.getByRole("button", { name: "Choose converted files…" })).toBeEnabled();
  await expect.element(page.getByRole("button", { name: "Open the figure" })).toBeDisabled();
});
