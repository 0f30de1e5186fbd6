/** A network of the visitor's own: given, run, kept, asked for where it is absent, removed. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import {
  downloadReport,
  open,
  openSettings,
  run,
  runButton,
  untilFinished,
  withoutTimes,
} from "../page/lab-page";
import { answerProbes, test } from "../page/lab-test";

/** A network of the zoo in a visitor's guise. */
const mine = {
  name: "my network.safetensors",
  body: readFileSync("public/zoo/myrtle-w16-s1.safetensors"),
};
const ref = `sha256:${createHash("sha256").update(mine.body).digest("hex")}`;
/** A network all right, but another one. */
const other = {
  name: "another.safetensors",
  body: readFileSync("public/zoo/myrtle-w16-s0.safetensors"),
};
/** Sound as a file, but its second convolution fits no network. */
const misfit = {
  name: "misfit.safetensors",
  body: Buffer.from(
    mine.body
      .toString("latin1")
      .replace(/("conv2\.weight":\{"dtype":"F16","shape":)\[32,16,3,3\]/, "$1[16,32,3,3]"),
    "latin1",
  ),
};

const experiment = "protocol=glance&sites=3&train=128&test=128&backend=wasm";
const ofZoo = `#v=3&bottom=myrtle-w16-s0&top=myrtle-w16-s0&${experiment}`;

async function drop(page: Page, file: { name: string; body: Buffer }): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([name, base64]) => {
      const transfer = new DataTransfer();
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([bytes], name));
      return transfer;
    },
    [file.name, file.body.toString("base64")] as const,
  );
  await page.dispatchEvent("main", "dragenter", { dataTransfer });
  await expect(page.getByText("Drop a network’s .onnx or .safetensors file")).toBeVisible();
  await page.dispatchEvent("main", "drop", { dataTransfer });
  await expect(page.getByText("Drop a network’s .onnx or .safetensors file")).toHaveCount(0);
}

async function choose(page: Page, button: string, file: { name: string; body: Buffer }) {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: button }).click(),
  ]);
  const { name, body: buffer } = file;
  await chooser.setFiles({ name, mimeType: "application/octet-stream", buffer });
}

test("a dropped network is run, kept across a reload, requested elsewhere, and removed", async ({
  browser,
  page,
}) => {
  test.setTimeout(240_000);
  const sent: string[] = [];
  page.on("request", (request) => {
    const url = request.url();
    if (request.method() !== "GET" || /network|myrtle-w16-s1/.test(url)) sent.push(url);
  });
  await open(page, ofZoo);
  await openSettings(page);

  await drop(page, misfit);
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("misfit.safetensors: unsupported network");
  await expect(alert).toContainText("conv2.weight: expected [32,16,3,3]; found [16,32,3,3].");
  expect(new URL(page.url()).hash).toBe(ofZoo);

  await drop(page, mine);
  await expect(alert).toHaveCount(0);
  const offer = page.locator(".notice").filter({ hasText: "my network.safetensors" });
  await expect(offer).toContainText("It is not stored yet.");
  await expect(offer).toContainText("Five-layer CNN, 16 filters");
  await expect(offer).toContainText("A run takes");
  await offer.getByRole("button", { name: "Cancel" }).click();
  await expect(offer).toHaveCount(0);
  await page.reload();
  await expect(page.getByLabel("Bottom network")).toBeVisible();
  await expect(page.getByRole("option", { name: mine.name })).toHaveCount(0);

  await drop(page, mine);
  await page.getByRole("button", { name: "Use as bottom network" }).click();
  await expect(page.getByText("my network.safetensors added.")).toBeVisible();
  const picker = page.getByLabel("Bottom network");
  await expect(picker).toHaveValue(ref);
  await expect(picker.getByRole("option", { name: mine.name })).toHaveCount(1);
  const card = page.locator(".network-bottom").filter({ has: picker });
  await expect(card).toContainText("Five-layer CNN, 16 filters");
  await expect(card).toContainText("Links identify it by SHA-256");
  const address = page.url();
  expect(new URL(address).hash).toBe(`#v=3&bottom=${ref}&top=myrtle-w16-s0&${experiment}`);
  await run(page);
  await untilFinished(page);
  const report = await downloadReport(page);
  expect(report.curves[0].bottom).toMatchObject({ id: ref, sha256: ref.slice("sha256:".length) });
  // Neither sent to the server nor fetched from it.
  expect(sent).toEqual([]);

  await page.reload();
  await expect(picker).toHaveValue(ref);
  await untilFinished(page);
  expect(await downloadReport(page)).toEqual(report);

  const elsewhere = await browser.newContext();
  await answerProbes(elsewhere);
  const stranger = await elsewhere.newPage();
  await stranger.goto(address);
  const asks = stranger.getByRole("region", { name: "This link needs a file" });
  await expect(asks).toContainText(ref.slice("sha256:".length));
  await expect(asks).toContainText("Bottom network");
  await expect(runButton(stranger)).toBeDisabled();
  // Everything else can be changed, and nothing of it is lost.
  const settings = await openSettings(stranger);
  await settings.getByRole("radio", { name: /^quick/ }).check();
  await settings.getByRole("radio", { name: /^glance/ }).check();
  await stranger.goto(address);
  const refused = stranger.getByRole("alert");
  await choose(stranger, "Choose file…", other);
  await expect(refused).toContainText("another.safetensors: not the requested file");
  const hashOfOther = createHash("sha256").update(other.body).digest("hex");
  await expect(refused).toContainText(ref.slice("sha256:".length).slice(0, 12));
  await expect(refused).toContainText(hashOfOther.slice(0, 12));
  expect(stranger.url()).toBe(address);
  await choose(stranger, "Choose file…", mine);
  await expect(asks).toHaveCount(0);
  await expect(refused).toHaveCount(0);
  await run(stranger);
  await untilFinished(stranger);
  expect(withoutTimes(await downloadReport(stranger))).toEqual(withoutTimes(report));
  await elsewhere.close();

  await card.getByRole("button", { name: "Remove this file…" }).click();
  await card.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(picker).not.toHaveValue(ref);
  await expect(picker.getByRole("option", { name: mine.name })).toHaveCount(0);
  await page.reload();
  await expect(page.getByLabel("Top network")).toHaveValue("myrtle-w16-s0");
  await expect(picker.getByRole("option", { name: mine.name })).toHaveCount(0);
});

test("without storage a network still runs, and the page says that it will be lost", async ({
  page,
}) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("not here", "SecurityError");
    };
  });
  await open(page, ofZoo);
  await openSettings(page);
  await choose(page, "Use your own network…", mine);
  await page.getByRole("button", { name: "Use as bottom network" }).click();
  await expect(page.getByText("it is lost when you close the page").first()).toBeVisible();
  await run(page);
  await untilFinished(page);
  expect((await downloadReport(page)).curves[0].bottom.id).toBe(ref);
});
