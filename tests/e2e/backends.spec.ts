/** The same task on every backend that this Chromium has, through the built page's own engine. */
import { readFile } from "node:fs/promises";
import { expect, test, type Page } from "@playwright/test";
import { reportSchema, type Report } from "../../src/experiment/report";

/** A pair of each kind of network, among the tiny ones of the fixtures. */
const pairs = [
  { kind: "a ResNet", pair: "bottom=tiny-b&top=tiny-a" },
  { kind: "a Vision Transformer", pair: "bottom=tiny-vit-b&top=tiny-vit-a" },
];

/** Serves the tiny networks of the fixtures in the zoo's place. */
async function serveTinyZoo(page: Page): Promise<void> {
  await page.route("**/zoo/*", async (route) => {
    const file = new URL(route.request().url()).pathname.split("/").at(-1) ?? "";
    await route.fulfill({ path: `tests/fixtures/tiny/${file}` });
  });
}

async function reportOf(page: Page, pair: string, backend: string): Promise<Report> {
  await serveTinyZoo(page);
  const experiment = `${pair}&protocol=paper&sites=1&train=128&test=64&epochs=1`;
  await page.goto(`/#v=2&${experiment}&backend=${backend}`);
  // A backend in the address that does not work here would be replaced by one that does.
  await expect(page.getByText("Part of the link could not be read")).toHaveCount(0);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  const download = page.waitForEvent("download", { timeout: 0 });
  await page.getByRole("button", { name: "Download report" }).click({ timeout: 800_000 });
  const path = await (await download).path();
  return reportSchema.parse(JSON.parse(await readFile(path, "utf8")));
}

// Plain JavaScript is the witness: it has no kernels of its own to be wrong in.
for (const { kind, pair } of pairs) {
  for (const backend of ["wasm", "webgl", "webgpu"]) {
    // A processor that plays the graphics card takes half a minute for each: one is enough for the
    // day.
    const tag = kind === "a ResNet" && backend === "webgpu" ? [] : "@nightly";
    test(
      `${backend} gives the same results as plain JavaScript on ${kind}`,
      { tag },
      async ({ browser }) => {
        test.setTimeout(900_000);
        const [expected, found] = await Promise.all(
          ["cpu", backend].map(async (name) => {
            const context = await browser.newContext();
            try {
              return await reportOf(await context.newPage(), pair, name);
            } finally {
              await context.close();
            }
          }),
        );
        expect(found?.backend).toBe(backend);
        const theirs = expected?.curves[0].sites[0];
        const ours = found?.curves[0].sites[0];
        expect(ours?.steps).toBe(1);
        expect(ours?.cka).toBeCloseTo(theirs?.cka ?? NaN, 4);
        expect(ours?.leastSquaresR2).toBeCloseTo(theirs?.leastSquaresR2 ?? NaN, 4);
        expect(ours?.finalTrainLoss).toBeCloseTo(theirs?.finalTrainLoss ?? NaN, 3);
        // Rounding may turn an image that lies on a decision's edge: one of the 64.
        expect(Math.abs((ours?.testError ?? NaN) - (theirs?.testError ?? NaN))).toBeLessThan(
          1.5 / 64,
        );
      },
    );
  }
}
