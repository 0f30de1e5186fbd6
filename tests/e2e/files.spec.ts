import { expect } from "@playwright/test";
import { activity, brief, open, pointsOf, pressInMenu, run, untilFinished } from "./page/lab-page";
import { test } from "./page/lab-test";

const weights = "**/zoo/myrtle-w16-s1.safetensors";

test("a missing weight file is named, and trying again continues once it is there", async ({
  page,
}) => {
  await page.route(weights, (route) => route.fulfill({ status: 404, body: "not here" }));
  await open(page, brief);
  await run(page);
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("File not found");
  await expect(alert).toContainText("zoo/myrtle-w16-s1.safetensors");
  await expect(alert).toContainText("404");

  await page.unroute(weights);
  await alert.getByRole("button", { name: "Try again" }).click();
  await untilFinished(page);
  await expect(alert).toHaveCount(0);
});

test("a corrupted weight file is refused, and trying again continues once it is intact", async ({
  page,
}) => {
  await page.route(weights, async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    // One bit, in the middle of the weights.
    body[body.length >> 1] = (body[body.length >> 1] ?? 0) ^ 1;
    await route.fulfill({ response, body });
  });
  await open(page, brief);
  await run(page);
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("A file is corrupt");
  await expect(alert).toContainText("zoo/myrtle-w16-s1.safetensors");
  await expect(page.getByRole("table")).toHaveCount(0);

  await page.unroute(weights);
  await alert.getByRole("button", { name: "Try again" }).click();
  await untilFinished(page);
  await expect(alert).toHaveCount(0);
});

test("a list of networks that cannot be fetched is an error, and trying again opens the page", async ({
  page,
}) => {
  const manifest = "**/zoo/manifest.json";
  await page.route(manifest, (route) => route.abort("connectionrefused"));
  await page.goto("/");
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("Could not load a file");
  await expect(alert).toContainText("zoo/manifest.json");
  await page.unroute(manifest);
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("button", { name: "Top network: " })).toBeVisible();
});

test("a run that has its data finishes without a network", async ({ context, page }) => {
  await open(page, brief.replace("&sites=3", ""));
  await run(page);
  // Files are here and the workers have started. The backends are still being tried.
  await expect(activity(page)).toContainText("of memory");
  await context.setOffline(true);
  const online = await page.evaluate(() =>
    fetch("zoo/manifest.json", { cache: "no-store" }).then(
      () => true,
      () => false,
    ),
  );
  expect(online).toBe(false);
  await expect(page.getByRole("button", { name: "Download report" })).toHaveCount(0);
  await untilFinished(page);
  for (const layer of ["stage 1", "stage 2", "stage 3", "stage 4"]) {
    await expect(page.getByRole("rowheader", { name: layer })).toBeVisible();
  }
  await expect(page.locator(".drawing")).toBeVisible();
  for (const plot of [".plot-penalty", ".plot-similarity"]) {
    await expect(pointsOf(page.locator(plot))).toHaveAttribute("d", /^(M[^M]+h0){4}$/);
  }
});

for (const [script, button, name] of [
  ["MethodText", "How it works", "the method"],
  ["LibraryPanel", "Library", "the library"],
  ["ExportPanel", "Export", "the export options"],
] as const) {
  test(`the script of ${name} that cannot be fetched takes nothing else away`, async ({ page }) => {
    const path = `**/assets/${script}-*.js`;
    await open(page, "");
    await page.route(path, (route) => route.abort());
    if (button !== "Export") await pressInMenu(page, button);
    else await page.getByRole("button", { name: button, exact: true }).click();
    const alert = page.getByRole("alert");
    await expect(alert).toContainText(`Could not load ${name}.`);
    await expect(page.locator("h1")).toBeVisible();
    await page.unroute(path);
    await alert.getByRole("button", { name: "Try again" }).click();
    await expect(alert).toHaveCount(0);
    await expect(page.getByRole("dialog")).not.toContainText("Loading");
  });
}
