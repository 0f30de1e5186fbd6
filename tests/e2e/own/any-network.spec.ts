/**
 * Two networks that torchvision exported, on a visitor's images: stitched both ways on the page and
 * on the command line, with the same numbers, and again where the address is opened elsewhere. On
 * the built page, since it needs workers, storage and runs. In the nightly also with the networks as
 * torchvision has them, for images of 224 pixels and 1,000 classes.
 */
import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { expect, type Browser, type Locator, type Page } from "@playwright/test";
import { reportSchema, type Report } from "../../../src/experiment/report";
import {
  changeHash,
  downloadReport,
  open,
  run,
  runButton,
  untilFinished,
  withoutTimes,
} from "../page/lab-page";
import { dropFiles, photos, rounded, zipped, type DroppedFile } from "../page/given-files";
import { answerProbes, test } from "../page/lab-test";

/** What a visitor has: two networks and 200 images, and the sites to stitch. */
interface Given {
  readonly mobilenet: DroppedFile;
  readonly resnet: DroppedFile;
  readonly images: DroppedFile;
  readonly sites: string;
}

const refOf = ({ body }: DroppedFile): string =>
  `sha256:${createHash("sha256").update(body).digest("hex")}`;

function dialog(page: Page): Locator {
  return page.getByRole("dialog");
}

async function readImages(page: Page): Promise<void> {
  await dialog(page).getByLabel("Normalisation").selectOption({ label: "ImageNet’s" });
  await dialog(page).getByRole("button", { name: "Read 200 images" }).click();
  await expect(dialog(page)).toHaveCount(0, { timeout: 60_000 });
}

async function reportOf(page: Page): Promise<Report> {
  await run(page);
  await untilFinished(page);
  return downloadReport(page);
}

let folder = "";
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "any-network-"));
});
test.afterAll(() => rm(folder, { recursive: true }));

async function commandLine(
  { images, sites }: Given,
  top: DroppedFile,
  bottom: DroppedFile,
): Promise<Report> {
  const place = (file: DroppedFile): string => join(folder, file.name);
  for (const file of [images, top, bottom]) await writeFile(place(file), file.body);
  const out = join(folder, "report.json");
  const options = [
    ...["--top", place(top), "--bottom", place(bottom), "--data", place(images)],
    ...["--target", "top", "--protocol", "glance", "--sites", sites],
    ...["--workers", "1", "--out", out],
  ];
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, "cache") };
  await promisify(execFile)("npx", ["tsx", "src/cli/main.ts", ...options], { env });
  const report: unknown = JSON.parse(await readFile(out, "utf8"));
  await rm(out);
  return reportSchema.parse(report);
}

async function expectSameNumbersEverywhere(
  { browser, page }: { readonly browser: Browser; readonly page: Page },
  given: Given,
): Promise<void> {
  const { mobilenet, resnet, images, sites } = given;
  const rest = `target=top&protocol=glance&sites=${sites}&train=160&test=40&backend=wasm`;
  await open(page, "#v=3&bottom=myrtle-w16-s1&top=myrtle-w16-s0&protocol=glance&backend=wasm");
  await dropFiles(page, [mobilenet, resnet]);
  const noticeOf = (file: DroppedFile): Locator =>
    page.locator(".notice").filter({ hasText: file.name });
  await noticeOf(mobilenet).getByRole("button", { name: "Use as bottom network" }).click();
  await noticeOf(resnet).getByRole("button", { name: "Use as top network" }).click();
  await dropFiles(page, [images]);
  await readImages(page);
  await expect(page).toHaveURL(/&data=sha256:/);
  const data = new URLSearchParams(new URL(page.url()).hash.slice(1)).get("data") ?? "";
  expect(data).toMatch(/^sha256:[0-9a-f]{64}$/);

  const under = `#v=3&bottom=${refOf(mobilenet)}&top=${refOf(resnet)}&data=${data}&${rest}`;
  await changeHash(page, under);
  const found = await reportOf(page);
  expect(rounded(await commandLine(given, resnet, mobilenet))).toEqual(rounded(found));
  expect(found.curves[0].sites).toHaveLength(sites.split(",").length);
  await changeHash(
    page,
    `#v=3&bottom=${refOf(resnet)}&top=${refOf(mobilenet)}&data=${data}&${rest}`,
  );
  expect(rounded(await commandLine(given, mobilenet, resnet))).toEqual(
    rounded(await reportOf(page)),
  );

  const elsewhere = await browser.newContext();
  await answerProbes(elsewhere);
  const colleague = await elsewhere.newPage();
  await colleague.goto(`/${under}`);
  const asks = colleague.getByRole("region", { name: "This link needs files" });
  for (const file of [mobilenet, resnet]) {
    await expect(asks).toContainText(refOf(file).replace("sha256:", ""));
  }
  const asksForImages = colleague.getByRole("region", { name: "This link needs images" });
  await expect(asksForImages).toContainText(data.replace("sha256:", ""));
  await expect(runButton(colleague)).toBeDisabled();
  // All at once: what each file is, its content says.
  await dropFiles(colleague, [images, mobilenet, resnet]);
  await readImages(colleague);
  await expect(asks).toHaveCount(0);
  await expect(asksForImages).toHaveCount(0);
  expect(new URL(colleague.url()).hash).toBe(under);
  expect(withoutTimes(await reportOf(colleague))).toEqual(withoutTimes(found));
  await elsewhere.close();
}

function exported(from: string, name: string): DroppedFile {
  const file = `${name}.onnx`;
  return { name: file, body: readFileSync(join(from, file)) };
}

test("two exported networks are stitched both ways on own images; the command line and the link agree", async ({
  browser,
  page,
}) => {
  test.setTimeout(300_000);
  // Narrow, for small images: `python3 -m zoo.exports tests/fixtures/onnx --narrow`.
  const from = "tests/fixtures/onnx";
  await expectSameNumbersEverywhere(
    { browser, page },
    {
      mobilenet: exported(from, "mobilenet_v2"),
      resnet: exported(from, "resnet18"),
      images: { name: "photos.zip", body: zipped(photos(10, 20)) },
      sites: "1,2",
    },
  );
});

const python = ["python3", "/usr/bin/python3"].find(
  (name) => spawnSync(name, ["-c", "import torch, torchvision"]).status === 0,
);

test(
  "and so are the networks of their full size, on images of 224 pixels",
  { tag: "@nightly" },
  async ({ browser, page }) => {
    test.skip(python === undefined, "python3 has no PyTorch and torchvision");
    test.setTimeout(1_800_000);
    const runPython = (options: string[]) => promisify(execFile)(python ?? "python3", options);
    await runPython(["-m", "zoo.exports", folder, "mobilenet_v2", "resnet18", "--full"]);
    const inputs = join(folder, "inputs");
    await runPython(["-m", "bench.imagenet.inputs", inputs, "--images", "200", "--networks", "0"]);
    await expectSameNumbersEverywhere(
      { browser, page },
      {
        mobilenet: exported(folder, "mobilenet_v2"),
        resnet: exported(folder, "resnet18"),
        images: { name: "photos.zip", body: zipped(await filesIn(join(inputs, "images"))) },
        sites: "1,6",
      },
    );
  },
);

/** Every file below a folder, by its path from there. */
async function filesIn(top: string): Promise<[string, Uint8Array][]> {
  const entries = await readdir(top, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(async ({ parentPath, name }): Promise<[string, Uint8Array]> => {
      const path = join(parentPath, name);
      return [relative(top, path), await readFile(path)];
    }),
  );
}
