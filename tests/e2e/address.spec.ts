import { readFileSync } from "node:fs";
import { expect } from "@playwright/test";
import * as z from "../../src/core/schema";
import { brief, cellsAt, open, run, untilFinished } from "./lab-page";
import { test } from "./lab-test";

/** Every network of the zoo, which grows. */
const { models } = z
  .object({ models: z.array(z.object({ id: z.string() })) })
  .parse(JSON.parse(readFileSync("public/zoo/manifest.json", "utf8")));
const near = "vit-d192-random, vit-d192-s0, vit-d192-s1";
const ids = `${String(models.length)} names, such as ${near}`;
const known =
  "v, bottom, top, protocol, layout, sites, train, test, epochs, seed, family, perturbation, also, backend, digest";

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
  {
    hash: "#v=2&protocol=paper&train=12&epochs=-1",
    said: [
      "train: found 12, expected a whole number from 128 to 50,000; used 10,000.",
      "epochs: found -1, expected a whole number from 1 to 1,000; used 10.",
    ],
    protocol: "paper",
  },
  {
    hash: "#v=2&protocol=glance&sites=8,3,99",
    said: [
      "sites: found 8,3,99, expected site numbers from 0 to 8 in ascending order, each once, such as 0,8; used 3,8.",
    ],
    protocol: "glance",
  },
  {
    // As the first version wrote it.
    hash: "#v=1&protocol=glance&taps=8,3,99",
    said: [
      "sites: found 8,3,99, expected site numbers from 0 to 8 in ascending order, each once, such as 0,8; used 3,8.",
    ],
    protocol: "glance",
  },
  {
    hash: "#seed=%E0%A4%A&seed=4&nonsense&protocol=glance",
    said: [
      "seed: found %E0%A4%A, then 4, expected it once; used the first.",
      "seed: found %E0%A4%A, expected a whole number from 0 to 2,147,483,647; used 0.",
      `nonsense: found nothing, expected only the parameters ${known}; left it out.`,
    ],
    protocol: "glance",
  },
];

for (const { hash, said, protocol } of broken) {
  test(`the page opens at ${hash} and says what it could not read`, async ({ page }) => {
    await open(page, hash);
    const notice = page.getByRole("region", {
      name: "Part of the link could not be read",
    });
    await expect(notice.getByRole("listitem")).toHaveText(said);
    await expect(page.getByRole("radio", { name: new RegExp(`^${protocol}`) })).toBeChecked();

    // What was typed stays until the visitor has seen to it.
    expect(new URL(page.url()).hash).toBe(hash);
    await notice.getByRole("button", { name: "Dismiss" }).click();
    await expect(notice).toHaveCount(0);
    expect(new URL(page.url()).hash).toMatch(
      new RegExp(`^#v=2&bottom=resnet18-w16-s1&top=resnet18-w16-s0&protocol=${protocol}`),
    );
  });
}

test("broken addresses overwrite nothing that is stored", async ({ page }) => {
  await open(page, brief);
  await run(page);
  await untilFinished(page);
  const before = await cellsAt(page, "stage 4").allInnerTexts();
  for (const { hash, said } of broken) {
    // On the open page the hash alone changes; the page must notice.
    await page.goto(`/${hash}`);
    await expect(page.getByRole("listitem").filter({ hasText: said[0] ?? "" })).toBeVisible();
  }
  await page.goto(`/${brief}`);
  await expect(cellsAt(page, "stage 4")).toHaveText(before);
  await page.reload();
  await expect(cellsAt(page, "stage 4")).toHaveText(before);
});

test("two networks of different kinds are said to be, and can be run", async ({ page }) => {
  await open(page, "#v=2&bottom=myrtle-w16-s0&top=resnet18-w16-s0&protocol=glance&backend=wasm");
  await expect(page.getByText("Different architectures")).toBeVisible();
  await expect(page.getByRole("button", { name: "Run" })).toBeEnabled();
  await page.getByLabel("Top network").selectOption("myrtle-w16-s1");
  await expect(page.getByText("Different architectures")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Run" })).toBeEnabled();
});
