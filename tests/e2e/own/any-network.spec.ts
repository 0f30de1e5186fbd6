/**
 * Two networks that torchvision exported, on a visitor's images: stitched both ways on the page and
 * on the command line, with the same numbers, and again where the address is opened elsewhere. On
 * the built page, since it needs workers, storage and runs.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, type Locator, type Page } from "@playwright/test";
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

/** Narrow, for small images; zoo/fixtures exports them. */
const [mobilenet, resnet] = ["mobilenet_v2", "resnet18"].map((name): DroppedFile => ({
  name: `${name}.onnx`,
  body: readFileSync(`tests/fixtures/onnx/${name}.onnx`),
})) as [DroppedFile, DroppedFile];
const images: DroppedFile = { name: "photos.zip", body: zipped(photos(10, 20)) };

const refOf = ({ body }: DroppedFile): string =>
  `sha256:${createHash("sha256").update(body).digest("hex")}`;

/** What the visitor chooses besides networks and images. */
const rest = "target=top&protocol=glance&sites=1,2&train=160&test=40&backend=wasm";

function dialog(page: Page): Locator {
  return page.getByRole("dialog");
}

async function readImages(page: Page): Promise<void> {
  await dialog(page).getByLabel("Normalisation").selectOption({ label: "ImageNet’s" });
  await dialog(page).getByRole("button", { name: "Read 200 images" }).click();
  await expect(dialog(page)).toHaveCount(0);
}

async function reportOf(page: Page): Promise<Report> {
  await run(page);
  await untilFinished(page);
  return downloadReport(page);
}

let folder = "";
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "any-network-"));
  for (const { name, body } of [mobilenet, resnet, images]) {
    await writeFile(join(folder, name), body);
  }
});
test.afterAll(() => rm(folder, { recursive: true }));

async function commandLine(top: DroppedFile, bottom: DroppedFile): Promise<Report> {
  const [of, out] = [(file: DroppedFile) => join(folder, file.name), join(folder, "report.json")];
  const options = [
    ...["--top", of(top), "--bottom", of(bottom), "--data", of(images), "--target", "top"],
    ...["--protocol", "glance", "--sites", "1,2", "--workers", "1", "--out", out],
  ];
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, "cache") };
  await promisify(execFile)("npx", ["tsx", "src/cli/main.ts", ...options], { env });
  const report: unknown = JSON.parse(await readFile(out, "utf8"));
  await rm(out);
  return reportSchema.parse(report);
}

test("two exported networks are stitched both ways on own images; the command line and the link agree", async ({
  browser,
  page,
}) => {
  test.setTimeout(300_000);
  await open(page, "#v=3&bottom=myrtle-w16-s1&top=myrtle-w16-s0&protocol=glance&backend=wasm");
  await dropFiles(page, [mobilenet, resnet]);
  const given = (file: DroppedFile): Locator =>
    page.locator(".notice").filter({ hasText: file.name });
  await given(mobilenet).getByRole("button", { name: "Use as bottom network" }).click();
  await given(resnet).getByRole("button", { name: "Use as top network" }).click();
  await dropFiles(page, [images]);
  await readImages(page);
  await expect(page).toHaveURL(/&data=sha256:/);
  const data = new URLSearchParams(new URL(page.url()).hash.slice(1)).get("data") ?? "";
  expect(data).toMatch(/^sha256:[0-9a-f]{64}$/);

  const under = `#v=3&bottom=${refOf(mobilenet)}&top=${refOf(resnet)}&data=${data}&${rest}`;
  await changeHash(page, under);
  const found = await reportOf(page);
  expect(rounded(await commandLine(resnet, mobilenet))).toEqual(rounded(found));
  expect(found.curves[0].sites.map(({ penalty }) => penalty)).toHaveLength(2);
  await changeHash(
    page,
    `#v=3&bottom=${refOf(resnet)}&top=${refOf(mobilenet)}&data=${data}&${rest}`,
  );
  expect(rounded(await commandLine(mobilenet, resnet))).toEqual(rounded(await reportOf(page)));

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
});
