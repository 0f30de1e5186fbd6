import { readFile } from "node:fs/promises";
import { expect, type Download, type Locator, type Page } from "@playwright/test";
import { metadataOf, parseSafetensors } from "../../src/core/weights/safetensors";
import { recogniseArchitecture } from "../../src/core/nets/recognise/recognise";
import { reportSchema } from "../../src/experiment/report";
import { presets } from "../../src/experiment/figures";
import {
  brief,
  downloadReport,
  open,
  pointsOf,
  pressInMenu,
  run,
  untilFinished,
} from "./page/lab-page";
import { answerProbes, test } from "./page/lab-test";
import { everything, makeVersion3, openBlank } from "./page/stored";

async function saved(page: Page, button: Locator): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return download;
}

async function textOf(download: Download): Promise<string> {
  return readFile(await download.path(), "utf8");
}

// What a file shows is tested in tests/unit/lab/share/charts/chart-svg.browser.test.tsx. This is about the
// way to it: from the experiment on the page, through the built page's policy, whose theme has no
// part in the file.
test("figures saved from a dark page are light, at a paper's width, and name every curve", async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await open(page, "");
  await page.getByRole("button", { name: "Export" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Width").selectOption("Paper, one column (84 mm)");
  await dialog.getByLabel("With the claim").check();
  const figure = dialog.getByRole("group", { name: "Penalty and similarity" });
  const svg = await textOf(await saved(page, figure.getByRole("button", { name: "SVG" })));
  expect(svg).toMatch(/<svg [^>]*width="84mm"/);
  expect(svg).toMatch(/<rect width="100%" height="100%" fill="#ffffff"/);
  for (const words of ["stem", "Stitched after layer", "Networks trained from different seeds"]) {
    expect(svg).toContain(`>${words}`);
  }
  expect(svg).not.toMatch(/var\(--|style=|class=|<script|href=/);
  const names = presets.seeds.names;
  expect(names).toHaveLength(presets.seeds.spec.curves.length);
  for (const name of names) expect(svg).toMatch(new RegExp(`>${name}[^<]*<`));

  const pdf = await readFile(
    await (await saved(page, figure.getByRole("button", { name: "PDF" }))).path(),
  );
  const file = pdf.toString("latin1");
  expect(file).toMatch(/^%PDF-/);
  // 84 mm in points; letters that are embedded and no pictures.
  expect(file).toMatch(/\/MediaBox \[0 0 238\.11/);
  expect(file).toMatch(/\/FontFile2/);
  expect(file).not.toMatch(/\/Subtype\s*\/Image/);
  expect(pdf.length).toBeLessThan(30_000);

  await dialog.getByLabel("Width").selectOption("Slide (960 pixels)");
  const png = await readFile(
    await (await saved(page, figure.getByRole("button", { name: "PNG" }))).path(),
  );
  // IHDR's width, at byte 16 of every PNG.
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect(png.readUInt32BE(16)).toBe(2 * 960);
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("data, citation and command line belong to the experiment on the page", async ({
  context,
  page,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  // The figure of a first visit: a recorded one, on the page without any run.
  await open(page, "");
  await page.getByRole("button", { name: "Export" }).click();
  const dialog = page.getByRole("dialog");
  const csv = await textOf(await saved(page, dialog.getByRole("button", { name: "Save CSV" })));
  const [head = "", first = ""] = csv.split("\r\n");
  expect(head.split(",")).toContain("penalty_standard_error");
  expect(first).toContain("resnet18-w16-s1,resnet18-w16-s0,cifar10,labels,quick");
  const json: unknown = JSON.parse(
    await textOf(await saved(page, dialog.getByRole("button", { name: "Save JSON" }))),
  );
  expect(json).toMatchObject({ format: "stitch-lab-report-3" });
  expect(reportSchema.parse(json).spec.curves[0].top).toBe("resnet18-w16-s0");

  await dialog.getByRole("button", { name: "Copy command line" }).click();
  await expect(dialog.getByText("Copied.")).toBeVisible();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  expect(command).toMatch(/^npm run -s stitch -- --link '#v=3&bottom=resnet18-w16-s1/);
  await dialog.getByRole("button", { name: "Copy BibTeX" }).click();
  await expect(dialog.getByText("Copied.")).toHaveCount(2);
  const bibtex = await page.evaluate(() => navigator.clipboard.readText());
  expect(bibtex).toContain("@inproceedings{bansal2021revisiting");
});

test("a recorded result says that its stitches are rounded; after a run the stitched network is saved", async ({
  page,
}) => {
  await open(page, "");
  await page.getByRole("button", { name: "Export" }).click();
  await expect(page.getByText(/^The stitches of a saved result are rounded/)).toBeVisible();

  await page.goto("/blank.html");
  await open(page, brief);
  await run(page);
  await untilFinished(page);
  await expect(page.getByText("In a terminal: npm run -s stitch -- --link")).toBeVisible();
  await page.getByRole("button", { name: "Export" }).click();
  const dialog = page.getByRole("dialog");
  const download = await saved(page, dialog.getByRole("button", { name: /^Check and save/ }));
  await expect(
    dialog.getByRole("status").filter({ hasText: /^Saved .*safetensors,/ }),
  ).toContainText("Largest logit difference on 128 test images");
  const name = download.suggestedFilename();
  expect(name).toBe("myrtle-w16-s1--myrtle-w16-s0--glance-seed0--site3.safetensors");
  const bytes = new Uint8Array(await readFile(await download.path()));
  const about = metadataOf(bytes, name);
  expect(about.get("experiment")).toContain("bottom=myrtle-w16-s1&top=myrtle-w16-s0");
  // After the last layer the stitch is part of fc, so that the file is a plain network.
  const architecture = recogniseArchitecture(parseSafetensors(bytes, name), name, about);
  expect(architecture).toEqual({ family: "myrtle", width: 16 });
});

/** The same networks and images at another layer. */
const another = brief.replace("&sites=3", "&sites=2");

async function finish(page: Page, hash: string): Promise<void> {
  await open(page, hash);
  await run(page);
  await untilFinished(page);
}

async function openLibrary(page: Page): Promise<Locator> {
  await pressInMenu(page, "Library");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("searchbox")).toBeVisible();
  return dialog;
}

test("finished runs in the library can be named, pinned, found, compared, opened, deleted and exported", async ({
  page,
  browser,
}) => {
  await finish(page, brief);
  await page.goto("/");
  await finish(page, another);

  let library = await openLibrary(page);
  const entries = library.getByRole("article");
  await expect(entries).toHaveCount(2);
  // The newest first.
  const first = entries.first();
  await first.getByRole("button", { name: "Rename" }).click();
  await first.getByRole("textbox", { name: "Name" }).fill("Third stage");
  await page.keyboard.press("Enter");
  const third = library.getByRole("article", { name: "Third stage" });
  await expect(third).toBeVisible();
  const other = library.getByRole("article", { name: "Five-layer CNN, seed 1 into seed 0" });
  await other.getByRole("button", { name: "Pin" }).click();
  await expect(entries.first()).toContainText("pinned");

  await library.getByRole("searchbox").fill("third myrtle");
  await expect(entries).toHaveCount(1);
  await library.getByRole("searchbox").fill("webgpu");
  await expect(library.getByText("No matching experiments.")).toBeVisible();
  await library.getByRole("searchbox").fill("");

  await third.getByRole("checkbox", { name: "Compare" }).check();
  await other.getByRole("checkbox", { name: "Compare" }).check();
  const chart = library.getByRole("figure", { name: /^Stitching penalty of the chosen/ });
  await expect(chart.getByText("Five-layer CNN, seed 1 into seed 0")).toBeVisible();
  await expect(chart.getByText("Third stage")).toBeVisible();
  await expect(pointsOf(chart)).toHaveCount(2);

  const exported = await saved(page, library.getByRole("button", { name: "Export library" }));
  const file = await textOf(exported);

  // Deleted for good, and only that one.
  await third.getByRole("button", { name: "Delete…" }).click();
  await third.getByRole("button", { name: "Delete" }).click();
  await expect(entries).toHaveCount(1);
  await page.reload();
  library = await openLibrary(page);
  await expect(library.getByRole("article")).toHaveCount(1);
  await expect(library.getByText(/^1 experiment, \d+ kB; browser storage/)).toBeVisible();

  // A file that is wrong in one place changes nothing, and says where.
  const give = (name: string, text: string) =>
    library
      .getByLabel("Import library")
      .setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
  await give("wrong.json", file.replace(/"penalty": [-\d.e]+/, '"penalty": "low"'));
  const alert = library.getByRole("alert");
  await expect(alert).toContainText("wrong.json: experiments[0].report.curves[0].sites[0].penalty");
  await expect(alert).toContainText('found "low"');
  await expect(library.getByRole("article")).toHaveCount(1);

  await give("right.json", file);
  await expect(library.getByText("1 imported. 1 already here.")).toBeVisible();
  await expect(library.getByRole("article")).toHaveCount(2);

  await third.getByRole("button", { name: "Open" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await untilFinished(page);
  expect((await downloadReport(page)).spec.sites).toEqual([2]);

  const elsewhere = await browser.newContext();
  await answerProbes(elsewhere);
  const stranger = await elsewhere.newPage();
  await open(stranger, "");
  library = await openLibrary(stranger);
  await give("library.json", file);
  await expect(library.getByText("2 imported.")).toBeVisible();
  await elsewhere.close();
});

test("a database of version 3 is migrated completely, and its finished experiments can be added", async ({
  page,
}) => {
  await finish(page, brief);
  const report = await downloadReport(page);
  await openBlank(page);
  await makeVersion3(page);
  const before = await everything(page);
  await page.route(/\.(bin|safetensors)$/, (route) => route.abort());
  await open(page, brief);
  await untilFinished(page);
  expect(await downloadReport(page)).toEqual(report);
  const library = await openLibrary(page);
  await expect(library.getByText("Empty.")).toBeVisible();
  await library.getByRole("button", { name: "Add this experiment" }).click();
  await expect(library.getByRole("article")).toHaveCount(1);
  await openBlank(page);
  expect(await everything(page)).toBe(before);
});
