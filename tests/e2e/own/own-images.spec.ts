/**
 * Images of the visitor's own: given, looked at, run, kept, asked for where they are absent, and the
 * same numbers on the command line. On the built page, since it needs a worker, storage and a run.
 */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, type Locator, type Page } from "@playwright/test";
import { reportSchema } from "../../../src/experiment/report";
import { zip } from "../../unit/core/data/import/files";
import { expectNothingFound } from "../page/axe";
import {
  downloadReport,
  open,
  run,
  runButton,
  runPanel,
  untilFinished,
  withoutTimes,
} from "../page/lab-page";
import { dropFiles, photos, rounded, zipped } from "../page/given-files";
import { answerProbes, test } from "../page/lab-test";

const networks = "bottom=myrtle-w16-s1&top=myrtle-w16-s0";
const start = `#v=3&${networks}&protocol=glance&sites=3&backend=wasm`;

let folder = "";
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "own-images-"));
  for (const [path, bytes] of photos(10, 20)) {
    await mkdir(join(folder, "photos", path, ".."), { recursive: true });
    await writeFile(join(folder, "photos", path), bytes);
  }
});
test.afterAll(() => rm(folder, { recursive: true }));

function dialog(page: Page): Locator {
  return page.getByRole("dialog");
}

async function chooseOwn(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Images: / }).click();
  await dialog(page).getByRole("tab", { name: "File" }).click();
}

async function give(page: Page, button: string, files: string | Buffer): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    dialog(page).getByRole("button", { name: button }).click(),
  ]);
  await chooser.setFiles(
    typeof files === "string"
      ? files
      : { name: "images.zip", mimeType: "application/zip", buffer: files },
  );
}

test("a folder is shown, read, run and kept; its link asks for it, and the command line agrees", async ({
  browser,
  page,
}) => {
  test.setTimeout(300_000);
  await open(page, start);
  await chooseOwn(page);
  await give(page, "Choose folder…", join(folder, "photos"));
  const shown = dialog(page);
  await expect(shown).toContainText("160 for training, 40 for testing, divided at random");
  await expect(shown).toContainText("10: class 0, class 1");
  await expect(shown).toContainText("32 × 32 pixels, colour");
  await expect(shown.getByLabel("Normalisation")).toHaveValue("cifar10");
  await expectNothingFound(page, "the preview of images");
  await shown.getByText("The same on the command line").click();
  await expect(shown).toContainText("--data photos --normalisation cifar10");
  await shown.getByRole("button", { name: "Read 200 images" }).click();
  await expect(shown).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Images: photos" })).toBeVisible();
  await expect(page).toHaveURL(
    /&data=sha256:[0-9a-f]{64}&protocol=glance&sites=3&train=160&test=40/,
  );
  const address = page.url();
  await run(page);
  await untilFinished(page);
  const report = await downloadReport(page);
  expect(report.spec).toMatchObject({ trainImages: 160, testImages: 40 });

  await page.reload();
  await untilFinished(page);
  expect(await downloadReport(page)).toEqual(report);

  const out = join(folder, "report.json");
  await promisify(execFile)(
    "npx",
    [
      ...["tsx", "src/cli/main.ts", "--data", join(folder, "photos")],
      ...["--normalisation", "cifar10", "--out", out, "--workers", "1"],
      ...["--top", "myrtle-w16-s0", "--bottom", "myrtle-w16-s1", "--protocol", "glance"],
      ...["--sites", "3"],
    ],
    { env: { ...process.env, XDG_CACHE_HOME: join(folder, "cache") } },
  );
  const fromCli = reportSchema.parse(JSON.parse(await readFile(out, "utf8")));
  expect(fromCli.spec).toEqual(report.spec);
  expect(rounded(fromCli)).toEqual(rounded(report));

  const elsewhere = await browser.newContext();
  await answerProbes(elsewhere);
  const stranger = await elsewhere.newPage();
  await stranger.goto(address);
  const asks = stranger.getByRole("region", { name: "This link needs images" });
  await expect(asks).toContainText(report.spec.data?.replace("sha256:", "") ?? "");
  await expect(runButton(stranger)).toBeDisabled();
  await asks.getByRole("button", { name: "Choose images…" }).click();
  await give(stranger, "Choose files…", zipped(photos(10, 21)));
  await dialog(stranger).getByRole("button", { name: "Read 210 images" }).click();
  const refused = dialog(stranger).getByRole("alert");
  await expect(refused).toContainText("These are not the requested images");
  await expect(refused).toContainText(`expected ${report.spec.data ?? ""}; found sha256:`);
  await dialog(stranger).getByRole("button", { name: "Choose others" }).click();
  await give(stranger, "Choose files…", zipped(photos(10, 20)));
  await dialog(stranger).getByRole("button", { name: "Read 200 images" }).click();
  await expect(asks).toHaveCount(0);
  expect(stranger.url()).toBe(address);
  await run(stranger);
  await untilFinished(stranger);
  expect(withoutTimes(await downloadReport(stranger))).toEqual(withoutTimes(report));
  await elsewhere.close();

  await page.getByRole("button", { name: "Images: photos" }).click();
  await dialog(page).getByRole("button", { name: "Remove… photos" }).click();
  await dialog(page).getByRole("button", { name: "Remove", exact: true }).click();
  await expect(dialog(page).getByRole("button", { name: "Remove… photos" })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("button", { name: "Images: CIFAR-10" })).toBeVisible();
});

test("images of other classes and sizes are measured by agreement with the top", async ({
  page,
}) => {
  await open(page, start);
  const others = ["baseline.jpg", "lossy.webp"].map((name): [string, Uint8Array] => [
    `class 0/${name}`,
    readFileSync(join("tests/fixtures/images", name)),
  ]);
  await dropFiles(page, [{ name: "images.zip", body: zipped([...photos(4, 40), ...others]) }]);
  await expect(dialog(page).getByLabel("Height")).toHaveValue("32");
  await dialog(page).getByRole("button", { name: "Read 162 images" }).click();
  const misfit = page.getByRole("region", { name: "Networks and images" });
  await expect(misfit).toContainText("answers with 10 classes; images.zip has 4");
  await expect(runButton(page)).toBeDisabled();
  await expect(runPanel(page)).toContainText("do not fit");
  await misfit.getByRole("button", { name: "Measure agreement" }).click();
  await expect(misfit).toHaveCount(0);
  await expect(page).toHaveURL(/&target=top&/);
  await run(page);
  await untilFinished(page);
  expect((await downloadReport(page)).curves[0].top.testError).toBe(0);
  await expect(page.getByRole("heading", { name: "Disagreement with the top" })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Disagreement" })).toBeVisible();
  await expectNothingFound(page, "agreement");
  await page.getByRole("button", { name: "Inspect", exact: true }).click();
  const inspector = page.getByRole("dialog");
  await expect(inspector).toContainText("answered unlike the top");
  await expect(inspector).toContainText("by the top’s answer");
  // The networks' answers have the names of the classes that they were trained on.
  await expect(inspector).toContainText(/airplane|bird|cat|deer|dog|frog|horse|ship|truck/);
});

test("what is no data set is refused in the dialog, and nothing is lost", async ({ page }) => {
  await open(page, start);
  const address = page.url();
  await chooseOwn(page);
  const refused = dialog(page).getByRole("alert");
  const [first, ...others] = photos(10, 20);
  const [path = "", image = new Uint8Array()] = first ?? [];
  const huge = image.slice();
  new DataView(huge.buffer).setUint32(16, 0x7fff_ffff);
  const bomb = zip([
    { path, bytes: new Uint8Array(40_000_000), sizeBytes: 100 },
    ...others.map(([other, bytes]) => ({ path: other, bytes })),
  ]);
  for (const [words, files] of [
    ["a .zip or .tar of them; found", zipped([["readme.txt", image]])],
    ["two or more classes", zipped(photos(1, 200))],
    ["pixels an image; found 32×2147483647", zipped([[path, huge], ...others])],
    [`${path}: expected at most 100 bytes`, Buffer.from(bomb)],
    [
      "none of class class 9",
      zipped([
        ...photos(10, 20).map(([at, bytes]): [string, Uint8Array] => [`train/${at}`, bytes]),
        ...photos(9, 20).map(([at, bytes]): [string, Uint8Array] => [`test/${at}`, bytes]),
      ]),
    ],
  ] as const) {
    const choice = dialog(page).getByRole("button", { name: "Choose others" });
    if (await choice.isVisible()) await choice.click();
    await give(page, "Choose files…", files);
    // Some are found at once, others only when their turn comes.
    await expect(refused.or(dialog(page).getByText("Normalisation")).first()).toBeVisible();
    if (!(await refused.isVisible())) {
      await dialog(page)
        .getByRole("button", { name: /^Read 200 images/ })
        .click();
    }
    await expect(refused).toContainText(words);
  }
  await give(page, "Choose files…", zipped(photos(10, 10)));
  await expect(dialog(page)).toContainText("needs 128 training images or more. These are 80.");
  await dialog(page).getByRole("button", { name: "Close" }).click();
  expect(page.url()).toBe(address);
  await expect(runButton(page)).toBeEnabled();
});
