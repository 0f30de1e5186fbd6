/**
 * The inspector: opened from table, drawing, picture and grid, with numbers that agree with each
 * other.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, type Locator, type Page } from "@playwright/test";
import { recordedNames, presets, type PresetName } from "../../src/experiment/figures";
import { recordedSchema } from "../../src/experiment/report";
import { expectNothingFound } from "./page/axe";
import {
  brief,
  downloadReport,
  open,
  openFigure,
  pointsOf,
  run,
  stitch,
  untilDrawn,
  untilFinished,
} from "./page/lab-page";
import { test } from "./page/lab-test";

/** Trained for seconds, at the last site and the one before. */
const trained =
  "#v=3&bottom=myrtle-w16-s1&top=myrtle-w16-s0&protocol=paper&sites=2,3&train=256&test=256&epochs=4&backend=wasm";

function inspector(page: Page): Locator {
  return page.getByRole("dialog", { name: /^Inside the stitch at/ });
}

/** "1,234" and "−0.4" as numbers. */
function numberOf(text: string | null | undefined): number {
  return Number((text ?? "").replaceAll(",", "").replace("−", "-").replace("+", ""));
}

function hasDetails(figure: PresetName): boolean {
  const path = resolve(import.meta.dirname, `../../public/recorded/${figure}.json`);
  return recordedSchema.parse(JSON.parse(readFileSync(path, "utf8"))).details !== undefined;
}

async function close(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await expect(inspector(page)).toHaveCount(0);
}

test("table, drawing, sentence and plot open the same stitch, and focus returns", async ({
  page,
}) => {
  await open(page, brief);
  await run(page);
  await untilFinished(page);

  const button = page.getByRole("button", { name: /^Inspect stage 4: / });
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(inspector(page)).toHaveAccessibleName("Inside the stitch at stage 4");
  const words = await inspector(page).locator(".inspector-summary").innerText();
  await close(page);
  await expect(button).toBeFocused();

  const inspect = page.getByRole("button", { name: "Inspect", exact: true });
  await inspect.click();
  await expect(inspector(page).locator(".inspector-summary")).toHaveText(words, {
    useInnerText: true,
  });
  await close(page);
  await expect(inspect).toBeFocused();

  const slider = stitch(page);
  await slider.focus();
  await page.keyboard.press("Enter");
  await expect(inspector(page).locator(".inspector-summary")).toHaveText(words, {
    useInnerText: true,
  });
  await close(page);
  await expect(slider).toBeFocused();

  // The only point of the plot, at the last of four layers.
  const [, x = NaN, y = NaN] =
    /^M([\d.]+) ([\d.]+)h0$/
      .exec((await pointsOf(page.locator(".plot-penalty")).getAttribute("d")) ?? "")
      ?.map(Number) ?? [];
  const plot = page.locator(".plot-penalty .plot-inner");
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  if (!box) throw new Error("no plot");
  const point = [box.x + (x / 100) * box.width, box.y + (y / 100) * box.height] as const;
  await page.mouse.move(...point, { steps: 3 });
  await page.mouse.click(...point);
  await expect(inspector(page).locator(".inspector-summary")).toHaveText(words, {
    useInnerText: true,
  });
});

test("flipped images, classes and penalty agree, and the page follows to the next layer", async ({
  page,
}) => {
  await open(page, trained);
  await run(page);
  await untilFinished(page);
  const report = await downloadReport(page);
  await page.getByRole("button", { name: /^Inspect stage 3: / }).click();
  for (const site of report.curves[0].sites) {
    const dialog = page.getByRole("dialog", { name: `Inside the stitch at ${site.name}` });
    await expect(dialog).toBeVisible();
    // The layer before stays until this one is read.
    await expect(dialog.locator("[aria-busy=true]")).toHaveCount(0);
    const counted = async (title: string): Promise<number> =>
      numberOf((await dialog.getByRole("heading", { name: title }).innerText()).split(": ")[1]);
    const worse = await counted("Flipped to wrong");
    const better = await counted("Flipped to right");
    expect(worse - better).toBe(Math.round(256 * site.penalty));
    await expect(dialog.locator(".arithmetic")).toContainText(`(${worse} − ${better}) / 256 =`);
    const pictures = dialog.getByRole("list", { name: "Flipped to wrong" }).getByRole("listitem");
    await expect(pictures).toHaveCount(Math.min(6, worse));
    // What the top got right it said as it is; the stitched network said something else.
    const words = (await pictures.first().textContent()) ?? "";
    const [, label, alone, stitched] =
      /^Label: ([a-z]+)Top alone: ([a-z]+) →\.\s*Stitched:\s+([a-z]+)bottom/.exec(words) ?? [];
    expect(label).toBeDefined();
    expect(alone).toBe(label);
    expect(stitched).not.toBe(label);

    // Opened once, it stays open from layer to layer.
    if (site.site === 2) await dialog.getByText("Table", { exact: true }).click();
    const rows = dialog.getByRole("table", { name: /^Test error by class/ }).locator("tbody tr");
    await expect(rows).toHaveCount(10);
    let [images, wrongAlone, wrongStitched] = [0, 0, 0];
    for (const row of await rows.all()) {
      const [own, alone, stitched] = await row.getByRole("cell").allInnerTexts();
      images += numberOf(own);
      // Tenths of a percent tell fewer than 500 images exactly.
      wrongAlone += Math.round((numberOf(own) * numberOf(alone?.replace("%", ""))) / 100);
      wrongStitched += Math.round((numberOf(own) * numberOf(stitched?.replace("%", ""))) / 100);
    }
    expect(images).toBe(256);
    expect(wrongStitched - wrongAlone).toBe(Math.round(256 * site.penalty));

    await expect(dialog.getByRole("img", { name: /^Matrix of \d+ by \d+ weights/ })).toBeVisible();
    await expect(dialog.getByText(/Effective rank \d+\.\d of \d+/)).toBeVisible();
    await expect(dialog.getByText(/over 8 steps/)).toBeVisible();
    await expect(
      dialog.getByRole("img", { name: /^Means of \d+ channels/ }).locator("circle"),
    ).toHaveCount(site.site === 2 ? 64 : 128);
    if (site.site === 2) await dialog.getByRole("button", { name: "Next layer" }).click();
  }
  await close(page);
  await expect(page.getByRole("button", { name: /^Inspect stage 4: / })).toBeFocused();
  await page.mouse.move(0, 0);
  await expect(page.locator("tr.chosen").getByRole("rowheader")).toHaveText("stage 4");

  // All of it is stored: a reload shows it without computing.
  await page.reload();
  // Once the picture has arrived nothing moves under the pointer any more.
  await untilDrawn(page);
  await page.getByRole("button", { name: /^Inspect stage 4: / }).click();
  await expect(inspector(page).getByText(/Effective rank \d/)).toBeVisible();
});

test("a grid's cell opens the stitch of that bottom tap into that top tap", async ({ page }) => {
  await open(page, brief.replace("&sites=3", "&layout=grid"));
  await run(page);
  await untilFinished(page);
  await page
    .getByRole("table", { name: /^Stitching penalty/ })
    .getByRole("button", { name: /stage 2 into stage 3: inspect$/ })
    .click();
  await expect(inspector(page)).toHaveAccessibleName("Inside the stitch at stage 2 into stage 3");
  await expect(
    inspector(page).getByRole("img", { name: "Matrix of 32 by 64 weights" }),
  ).toBeVisible();
});

test("each cell of a grid's diagonal is inspected by mouse, and no cell moves under it", async ({
  page,
}) => {
  await open(page, brief.replace("&sites=3", "&layout=grid"));
  await run(page);
  await untilFinished(page);
  const table = page.getByRole("table", { name: /^Stitching penalty/ });
  for (const stage of [1, 2, 3, 4]) {
    const name = `, stage ${stage}`;
    const cell = table.getByRole("button", { name: new RegExp(`${name}: inspect$`) });
    await cell.scrollIntoViewIfNeeded();
    const box = await cell.boundingBox();
    if (!box) throw new Error("no cell");
    // By hand: a test's own click would follow a cell that moves.
    await page.mouse.move(box.x + box.width / 2, box.y + 3, { steps: 4 });
    await expect(page.locator(".heat-pointed")).toContainText(`stage ${stage}`);
    expect(await cell.boundingBox()).toEqual(box);
    await page.mouse.down();
    await page.mouse.up();
    await expect(inspector(page)).toHaveAccessibleName(/^Inside the stitch at stage \d/);
    await expect(inspector(page)).toHaveAccessibleName(new RegExp(`stage ${stage}\\b.*$`));
    await close(page);
    await page.mouse.move(0, 0);
  }
});

test("a chosen cell's stitch is trained on the images that it was fitted to", async ({ page }) => {
  await open(page, brief.replace("&sites=3", "&layout=grid").replace("train=128", "train=640"));
  await run(page);
  await untilFinished(page);
  const cell = page
    .getByRole("table", { name: /^Stitching penalty/ })
    .getByRole("button", { name: /stage 3 into stage 4: inspect$/ });
  await cell.click();
  await inspector(page).getByRole("button", { name: "Set up training" }).click();
  await expect(inspector(page)).toHaveCount(0);
  await expect(page).toHaveURL(/protocol=quick&layout=grid&sites=11&train=640&test=128/);
  await run(page);
  await untilFinished(page);
  const [{ sites }] = (await downloadReport(page)).curves;
  expect(sites.map(({ name, taps: place }) => ({ name, place }))).toEqual([
    { name: "stage 3 into stage 4", place: [2, 3] },
  ]);
  expect(sites[0]?.refinement?.stop).toBeDefined();
  await cell.click();
  await expect(inspector(page).getByRole("button", { name: "Set up training" })).toHaveCount(0);
});

test("a recorded result has its images and its matrix, and is read from its file alone", async ({
  page,
}) => {
  const shards: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith(".bin") && request.url().includes("/data/")) {
      shards.push(request.url());
    }
  });
  const [figure] = recordedNames.filter(hasDetails);
  if (figure === undefined) throw new Error("no recorded figure has its details");
  await open(page, "");
  await openFigure(page, presets[figure].title);
  await page
    .getByRole("button", { name: /^Inspect block / })
    .first()
    .click();
  const pictures = inspector(page).getByRole("img", { name: /^Test image \d+: [a-z]+$/ });
  await expect(pictures).toHaveCount(12);
  await expect(inspector(page).getByText(/Effective rank \d+\.\d of \d+/)).toBeVisible();
  await expect(inspector(page).getByText(/^Mean cross-entropy/)).toBeVisible();
  expect(shards.length).toBeLessThanOrEqual(2);
  // The picture is not covered, and another layer is shown in the same drawer.
  const width = page.viewportSize()?.width ?? 0;
  const picture = await page.locator(".picture").boundingBox();
  expect((picture?.x ?? width) + (picture?.width ?? 0)).toBeLessThanOrEqual(width - 560);
  const before = await inspector(page).locator(".arithmetic").innerText();
  await inspector(page).getByRole("button", { name: "Next layer" }).click();
  await expect(inspector(page).locator(".arithmetic")).not.toHaveText(before);
  await expectNothingFound(page, "recorded inspector");
});

test("axe finds nothing in the inspector", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(page, brief);
  await run(page);
  await untilFinished(page);
  await page.getByRole("button", { name: /^Inspect stage 4: / }).click();
  await expect(inspector(page).getByText(/Effective rank \d/)).toBeVisible();
  await expect(inspector(page).getByRole("heading", { name: /^Penalty by class/ })).toBeVisible();
  await expectNothingFound(page, "inspector");
});
