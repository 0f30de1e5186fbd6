/**
 * Networks that the page trains. On the built page, since it takes workers, storage and images: the
 * bytes must be those of the command line.
 */
import { execFile } from "node:child_process";
import { mkdtemp, readFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "@playwright/test";
import { expectNothingFound } from "./page/axe";
import { downloadReport, open, untilFinished } from "./page/lab-page";
import { test } from "./page/lab-test";

const spec = "width=2,blocks=1-1-1,images=256,epochs=2,batch=64";
const [bottom, top] = [`train:seed=1,${spec}`, `train:seed=0,${spec}`];
const link = `#v=3&bottom=${bottom}&top=${top}&protocol=glance&sites=3&train=128&test=128&backend=wasm`;

test("a link trains both networks, to the command line's bytes, and stitches them", async ({
  page,
}) => {
  const folder = await mkdtemp(join(tmpdir(), "stitch-lab-"));
  const file = join(folder, "seed-0.safetensors");
  const options = "--seed 0 --width 2 --blocks 1-1-1 --train-images 256 --epochs 2 --batch 64";
  const command = ["scripts/stitch.mjs", "train", "--out", file, ...options.split(" ")];
  const { stdout } = await promisify(execFile)(process.execPath, command);
  expect(stdout).toContain(top);

  await open(page, link);
  const notice = page.getByRole("region", { name: "This experiment trains 2 networks" });
  await expect(notice).toContainText(
    "ResNet-8, 2 filters, seed 1, 256 images, 2 epochs: less than 1 min",
  );
  await expectNothingFound(page, "a link that trains");
  await page.getByRole("button", { name: "Train and run" }).click();
  await untilFinished(page);
  await expect(notice).toHaveCount(0);
  const { spec: ran, curves } = await downloadReport(page);
  expect(ran.curves[0]).toMatchObject({ top, bottom });
  const sha256 = createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
  expect(curves[0].top).toMatchObject({ id: top, sha256 });
  expect(stdout).toContain(`sha256:${sha256}`);

  // Saved from the page, it is that file.
  await page.getByRole("button", { name: /^Show .*seed 0/ }).click();
  const dialog = page.getByRole("dialog", { name: "Train a network" });
  const card = dialog.getByRole("region", { name: /seed 0/ });
  await expect(card).toContainText("What it gets wrong");
  await expect(card).toContainText("Epoch 1 of 2");
  await expectNothingFound(page, "finished trainings");
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    card.getByRole("button", { name: /^Save as/ }).click(),
  ]);
  expect(await readFile(await saved.path())).toEqual(await readFile(file));

  // An early self of it is a bottom, and a second visit finds all of them.
  await card.getByRole("button", { name: /^Use as bottom.*epoch 1/ }).click();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/bottom=train:seed=0,[^&]*stop=1/);
  await page.reload();
  await expect(page.getByRole("button", { name: "Run the rest" })).toBeEnabled();
});

test("a training is set up by keyboard, left by a reload, resumed, and stopped with its network kept", async ({
  page,
}) => {
  await open(page, "#v=3&bottom=resnet18-w4-s0&top=resnet18-w4-s0&protocol=glance&backend=wasm");
  await page.getByRole("button", { name: /^Bottom network:/ }).press("Enter");
  await page.getByRole("tab", { name: "Train", exact: true }).press("Enter");
  await page.getByRole("button", { name: "Train a network…" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Train a network" });
  await dialog.getByLabel("Training images").selectOption({ label: "1,000" });
  await expect(dialog).toContainText("train:seed=0,images=1000");
  await expect(dialog).toContainText("on this machine");
  await expectNothingFound(page, "the form of a training");
  await dialog.getByRole("button", { name: "Train", exact: true }).press("Enter");
  const card = dialog.getByRole("region", { name: /ResNet-18, 4 filters, seed 0/ });
  await expect(card.getByRole("progressbar")).toBeVisible();
  // An epoch's checkpoint is kept.
  await expect(card.getByRole("figure", { name: /accuracy/ })).toBeVisible({ timeout: 120_000 });
  await page.reload();

  const strip = page.getByRole("region", { name: "Trainings" });
  await expect(strip).toContainText("Unfinished");
  await strip.getByRole("button", { name: /^Continue/ }).click();
  await expect(strip).toContainText("loss", { timeout: 60_000 });
  await strip.getByRole("button", { name: /^Stop and keep/ }).click();
  await expect(strip).toContainText("Stopped at", { timeout: 60_000 });
  await expect(strip).toContainText("Test accuracy");
  await strip.getByRole("button", { name: /^Show/ }).click();
  const use = page.getByRole("button", {
    name: /^Use as bottom ?: [^,]*, 4 filters, seed 0, 1,000 images$/,
  });
  await use.click();
  // Not by its training, which has another end.
  await expect(page).toHaveURL(/bottom=(sha256:[0-9a-f]{64}|train:[^&]*stop=\d+)&/);
});
