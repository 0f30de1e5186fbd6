/**
 * ONNX files on the page: weights in a file of their own, all layers on request, and files that are
 * hostile. On the built page, since files are read in workers and kept in storage.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, type Locator, type Page } from "@playwright/test";
import {
  cyclicNetwork,
  externalised,
  networkOf,
  skippedNetwork,
  smallOpenNetwork,
} from "../../unit/core/onnx/written-onnx";
import { dropFiles, type DroppedFile } from "../page/given-files";
import {
  downloadReport,
  open,
  openSettings,
  run,
  untilFinished,
  withoutTimes,
} from "../page/lab-page";
import { answerProbes, test } from "../page/lab-test";

const whole = new Uint8Array(readFileSync("tests/fixtures/onnx/resnet18.onnx"));
const { onnx, data } = externalised(whole, "net.onnx.data");
const network: DroppedFile = { name: "net.onnx", body: onnx };
const weights: DroppedFile = { name: "net.onnx.data", body: data };

const rest = "target=top&protocol=glance&sites=1&train=128&test=128&backend=wasm";
const ofZoo = `#v=3&bottom=myrtle-w16-s1&top=myrtle-w16-s0&${rest}`;

/** What is said of a file that is not stored yet, and what of one that is. */
function waiting(page: Page, name: string): Locator {
  return page.locator(".notice").filter({ hasText: `${name} is a network.` });
}
function added(page: Page, name: string): Locator {
  return page.locator(".notice").filter({ hasText: `${name} added.` });
}

test("a network with its weights in another file is kept, cut at all its layers, and asked for elsewhere", async ({
  browser,
  page,
}) => {
  test.setTimeout(240_000);
  await open(page, ofZoo);
  await openSettings(page);
  const alert = page.getByRole("alert");
  await dropFiles(page, [network]);
  await expect(alert).toContainText("expected the file net.onnx.data, given together with");
  await dropFiles(page, [weights, network]);
  await expect(alert).toHaveCount(0);
  await waiting(page, "net.onnx").getByRole("button", { name: "Use as bottom network" }).click();
  const picker = page.getByLabel("Bottom network");
  await expect(picker).toHaveValue(/^sha256:[0-9a-f]{64}$/);
  const file = await picker.inputValue();

  const card = page.locator(".network-bottom").filter({ has: picker });
  await card.getByRole("button", { name: /^Stitch at all \d+ layers$/ }).click();
  await expect(picker).toHaveValue(`${file}:taps=all`);
  await expect(card).toContainText("Stitch only after each block");
  const address = page.url();
  await run(page);
  await untilFinished(page);
  const report = await downloadReport(page);
  expect(report.curves[0].bottom.id).toBe(`${file}:taps=all`);

  await page.reload();
  await expect(picker).toHaveValue(`${file}:taps=all`);
  await untilFinished(page);
  expect(await downloadReport(page)).toEqual(report);
  // The other way is another network, with results of its own.
  await card.getByRole("button", { name: "Stitch only after each block" }).click();
  await expect(picker).toHaveValue(file);
  await run(page);
  await untilFinished(page);
  expect(withoutTimes(await downloadReport(page))).not.toEqual(withoutTimes(report));

  const elsewhere = await browser.newContext();
  await answerProbes(elsewhere);
  const colleague = await elsewhere.newPage();
  await colleague.goto(address);
  const asks = colleague.getByRole("region", { name: "This link needs a file" });
  await expect(asks).toContainText(file.replace("sha256:", ""));
  await dropFiles(colleague, [network, { ...weights, body: data.map((byte) => byte ^ 1) }]);
  await expect(colleague.getByRole("alert")).toContainText("net.onnx: not the requested file");
  await dropFiles(colleague, [network, weights]);
  await expect(asks).toHaveCount(0);
  expect(colleague.url()).toBe(address);
  await run(colleague);
  await untilFinished(colleague);
  expect(withoutTimes(await downloadReport(colleague))).toEqual(withoutTimes(report));
  await elsewhere.close();
});

test("a network that leaves the size of its images open gets another size on the page", async ({
  page,
}) => {
  await open(page, ofZoo);
  await dropFiles(page, [{ name: "small.onnx", body: smallOpenNetwork() }]);
  await waiting(page, "small.onnx")
    .getByRole("button", { name: /^Keep only/ })
    .click();
  const notice = added(page, "small.onnx");
  await expect(notice).toContainText("32 × 32 pixels");
  await notice.getByLabel("Image size in pixels").fill("48");
  await notice.getByRole("button", { name: "Use this size" }).click();
  await expect(added(page, "small.onnx:side=48")).toContainText("48 × 48 pixels");
});

/** Files that are no networks, and what is said of each. */
const hostile: readonly (readonly [name: string, body: Uint8Array, said: string])[] = [
  ["truncated.onnx", whole.subarray(0, 40_000), "found premature EOF"],
  ["cyclic.onnx", cyclicNetwork(), "found a cycle"],
  ["absurd.onnx", smallOpenNetwork(40_000), "expected values of at most 268435456 numbers"],
  ["unknown.onnx", networkOf("Einsum"), "node active: expected an operator of Add, AveragePool"],
  ["skipped.onnx", skippedNetwork(), "connections skip each of them"],
];

test("hostile ONNX files are refused one by one, and nothing that was saved is lost", async ({
  page,
}) => {
  test.setTimeout(180_000);
  const zoo = readFileSync("public/zoo/myrtle-w16-s1.safetensors");
  const mine: DroppedFile = { name: "mine.safetensors", body: zoo };
  const ref = `sha256:${createHash("sha256").update(zoo).digest("hex")}`;
  await open(page, ofZoo);
  await openSettings(page);
  await dropFiles(page, [mine]);
  await waiting(page, mine.name).getByRole("button", { name: "Use as bottom network" }).click();
  await run(page);
  await untilFinished(page);
  const report = await downloadReport(page);
  const address = page.url();

  const alert = page.getByRole("alert");
  for (const [name, body, said] of hostile) {
    await dropFiles(page, [{ name, body }]);
    await expect(alert).toHaveCount(1);
    await expect(alert).toContainText(`${name}: cannot be used`);
    await expect(alert).toContainText(said);
    expect(page.url()).toBe(address);
  }
  await dropFiles(
    page,
    hostile.map(([name, body]) => ({ name, body })),
  );
  await expect(alert).toHaveCount(hostile.length);

  await page.reload();
  await untilFinished(page);
  expect(page.url()).toBe(address);
  expect(await downloadReport(page)).toEqual(report);
  const picker = page.getByLabel("Bottom network");
  await expect(picker).toHaveValue(ref);
  await expect(picker.getByRole("option", { name: mine.name })).toHaveCount(1);
  await expect(picker.getByRole("option", { name: ".onnx" })).toHaveCount(0);
});
