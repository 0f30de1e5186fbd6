/** What the page says of an address that it cannot read. */
import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { mountPage, servedZoo } from "./mounted-page";

const near = "vit-d192-random, vit-d192-s0, vit-d192-s1";
const { models } = await servedZoo();
const ids = `${String(models.length)} names, such as ${near}`;

/** A broken address, what is said of it, and what of it was used all the same. */
const broken = [
  {
    hash: "#v=3&protocol=glance",
    said: ["v: found 3, expected 1 or 2; read the rest as version 2."],
    protocol: "glance",
  },
  {
    hash: "#v=2&bottom=vgg16&top=resnet18-w16-s0&protocol=paper",
    said: [`bottom: found vgg16, expected one of ${ids}; used resnet18-w16-s1.`],
    protocol: "paper",
  },
];

for (const { hash, said, protocol } of broken) {
  test(`the page opens at ${hash} and says what it could not read`, async () => {
    const { bar } = await mountPage(hash);
    const notice = page.getByRole("region", {
      name: "Part of the link could not be read",
    });
    await expect.element(notice).toBeVisible();
    expect(
      notice
        .getByRole("listitem")
        .elements()
        .map((item) => item.textContent),
    ).toEqual(said);
    await expect
      .element(page.getByRole("radio", { name: new RegExp(`^${protocol}`) }))
      .toBeChecked();
    expect(bar.hash()).toBe(hash);
    await notice.getByRole("button", { name: "Dismiss" }).click();
    await expect.element(notice).not.toBeInTheDocument();
    expect(bar.hash()).toMatch(
      new RegExp(`^#v=2&bottom=resnet18-w16-s1&top=resnet18-w16-s0&protocol=${protocol}`),
    );
  });
}
