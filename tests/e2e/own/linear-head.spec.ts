/**
 * A linear head is fitted to a trunk without one, or in place of a network's own; or a trunk is a
 * bottom as it is. On the built page, since all of it needs a worker, storage and images.
 */
import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { readHeader } from "../../../src/core/weights/safetensors";
import { dropFiles, photos, zipped } from "../page/given-files";
import { downloadReport, open, run, untilFinished, withoutTimes } from "../page/lab-page";
import { answerProbes, test } from "../page/lab-test";

/** A network’s file without the parameters of its last layer. */
function withoutHead(path: string): Buffer {
  const file = new Uint8Array(readFileSync(path));
  const { entries, bodyStart } = readHeader(file, file.byteLength, path);
  const kept = [...entries].filter(([name]) => !name.startsWith("fc."));
  let at = 0;
  const header: Record<string, unknown> = {};
  const bodies = kept.map(
    ([
      name,
      {
        dtype,
        shape,
        data_offsets: [start, end],
      },
    ]) => {
      header[name] = { dtype, shape, data_offsets: [at, (at += end - start)] };
      return file.subarray(bodyStart + start, bodyStart + end);
    },
  );
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.byteLength));
  return Buffer.concat([length, text, ...bodies]);
}

const trunk = {
  name: "trunk.safetensors",
  body: withoutHead("public/zoo/resnet18-w4-s0.safetensors"),
};
const images = { name: "photos.zip", body: zipped(photos(10, 20)) };

test("a head is fitted to a dropped trunk on own images; its accuracy is said, and it is stitched", async ({
  page,
}) => {
  const zoo = "bottom=resnet18-w4-s0&top=resnet18-w4-s0";
  await open(page, `#v=3&${zoo}&protocol=glance&sites=3&backend=wasm`);
  await dropFiles(page, [images]);
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Read 200 images" }).click();
  await expect(dialog).toHaveCount(0);

  await dropFiles(page, [trunk]);
  const offer = page.locator(".notice").filter({ hasText: "a trunk without a head" });
  await expect(offer).toContainText("reads 32 × 32 pixels");
  await expect(offer).toContainText("on the features of 160 training images");
  await offer.getByRole("button", { name: "Fit a linear head on photos.zip" }).click();
  const added = page.locator(".notice").filter({ hasText: "linear head on photos.zip added." });
  await expect(added).toBeVisible({ timeout: 120_000 });
  await expect(offer).toHaveCount(0);
  const fact = added.locator("dd").filter({ hasText: "test accuracy" });
  await expect(fact).toContainText("fitted to 160 images; test accuracy");
  const accuracy = Number(/accuracy ([0-9.]+)\s*%/.exec((await fact.textContent()) ?? "")?.[1]);
  // The classes have colours of their own: chance would be 10%.
  expect(accuracy).toBeGreaterThan(80);

  await added.getByRole("button", { name: "Use as top network" }).click();
  await run(page);
  await untilFinished(page);
  const { curves } = await downloadReport(page);
  expect(curves[0].top.id).toMatch(/^sha256:[0-9a-f]{64}:linear:sha256:/);
  // Measured again in the run, on the same images.
  expect(100 * (1 - curves[0].top.testError)).toBeCloseTo(accuracy, 1);
});

test("a network of other classes gets a new head on own images; its link offers the same fit", async ({
  browser,
  page,
}) => {
  test.setTimeout(240_000);
  await open(
    page,
    "#v=3&bottom=resnet18-w4-s0&top=resnet18-w4-s0&protocol=glance&sites=3&backend=wasm",
  );
  const few = { name: "few.zip", body: zipped(photos(4, 50)) };
  const readFew = async (on: Page): Promise<void> => {
    await dropFiles(on, [few]);
    await on.getByRole("dialog").getByRole("button", { name: "Read 200 images" }).click();
    await expect(on.getByRole("dialog")).toHaveCount(0);
  };
  await dropFiles(page, [few]);
  await expect(page.getByRole("dialog")).toContainText("answers with 10 classes; few.zip has 4.");
  await expect(page.getByRole("dialog")).toContainText("measure agreement or fit a new head");
  await page.getByRole("dialog").getByRole("button", { name: "Read 200 images" }).click();
  const misfit = page.getByRole("region", { name: "Networks and images" });
  await misfit.getByRole("button", { name: /^Fit a new head/ }).click();
  await expect(misfit).toHaveCount(0, { timeout: 120_000 });
  const named = String.raw`sha256:[0-9a-f]{64}:linear:sha256:[0-9a-f]{64}`;
  await expect(page).toHaveURL(new RegExp(`bottom=${named}&top=${named}&data=`));
  const address = page.url();
  await run(page);
  await untilFinished(page);
  const report = await downloadReport(page);
  expect(report.curves[0].top.testError).toBeLessThan(0.2);
  // Kept over a reload, like a file.
  await page.reload();
  await untilFinished(page);

  const elsewhere = await browser.newContext();
  await answerProbes(elsewhere);
  const colleague = await elsewhere.newPage();
  await colleague.goto(address);
  await readFew(colleague);
  const asks = colleague.getByRole("region", { name: "This link needs a linear head" });
  await asks.getByRole("button", { name: /^Fit the head/ }).click();
  await expect(asks).toHaveCount(0, { timeout: 120_000 });
  expect(colleague.url()).toBe(address);
  await run(colleague);
  await untilFinished(colleague);
  expect(withoutTimes(await downloadReport(colleague))).toEqual(withoutTimes(report));
  await elsewhere.close();
});

test("a dropped trunk is the bottom as it is, and the page says that it has no head", async ({
  page,
}) => {
  const zoo = "bottom=resnet18-w4-s0&top=resnet18-w4-s0";
  await open(page, `#v=3&${zoo}&protocol=glance&sites=3&train=128&test=128&backend=wasm`);
  await run(page);
  await untilFinished(page);
  const whole = await downloadReport(page);

  await dropFiles(page, [trunk]);
  const offer = page.locator(".notice").filter({ hasText: "a trunk without a head" });
  await offer.getByRole("button", { name: "Use as bottom network" }).click();
  const added = page.locator(".notice").filter({ hasText: "trunk.safetensors added." });
  await expect(added).toContainText("it has no head, so it can only be the bottom network");
  await expect(added.getByRole("button", { name: "Use as top network" })).toHaveCount(0);
  await run(page);
  await untilFinished(page);
  await expect(page.locator(".drawing-owner.of-bottom")).toContainText("has no head");
  const { curves } = await downloadReport(page);
  expect(curves[0].bottom).toEqual({
    id: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as unknown,
    sha256: expect.any(String) as unknown,
  });
  // Only lower layers are used, so the numbers are those of the network with its head, but for its errors.
  const ofWhole = whole.curves[0].sites.map(({ errorOverlap: _, ...site }) => site);
  expect(curves[0].sites).toEqual(ofWhole);
});
