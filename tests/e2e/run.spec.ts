import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import * as z from "../../src/core/schema";
import {
  activity,
  brief,
  cellsAt,
  downloadReport,
  open,
  openSettings,
  pointsOf,
  run,
  runButton,
  untilFinished,
  withOneWorker,
  withoutTimes,
} from "./page/lab-page";
import { answerProbes, test } from "./page/lab-test";

declare global {
  interface Window {
    /** Puts what the page says into the test's hands. */
    hear?: (text: string) => void;
  }
}

// As many workers as the machine has cores, but where a test says otherwise.
test.use({ oneWorker: false });

/** Four layers one after another, each long enough to be caught in the middle. */
const long =
  "#v=3&bottom=myrtle-w16-s1&top=myrtle-w16-s0&protocol=quick&train=256&test=128&epochs=3&backend=wasm";

test("a run shows baselines, CKA and penalty, and its numbers agree with each other and with PyTorch", async ({
  page,
}) => {
  // An address as the first version wrote it.
  const hash =
    "#v=1&bottom=resnet18-w16-s1&top=resnet18-w16-s0&protocol=glance&taps=8&train=256&test=64&backend=wasm";
  await open(page, hash);
  await run(page);
  await untilFinished(page);
  const report = await downloadReport(page);
  expect(report.curves).toHaveLength(1);
  const [{ top, sites }] = report.curves;
  expect(top.testError).toBe(await errorByPyTorch("resnet18-w16-s0"));

  const [site] = sites;
  expect(sites).toHaveLength(1);
  expect(site?.name).toBe("block 8");
  expect(site?.penalty).toBeCloseTo((site?.testError ?? NaN) - top.testError, 12);
  expect(site?.testError).toBe(site?.leastSquaresTestError);

  const points = (100 * (site?.penalty ?? NaN)).toFixed(1);
  const cells = cellsAt(page, "block 8");
  expect((await cells.nth(0).innerText()).replace("−", "-").replace("+", "")).toMatch(
    new RegExp(`^${points.replace("-0.0", "0.0")} ± `),
  );
  await expect(cells.nth(1)).toHaveText((site?.cka ?? NaN).toFixed(3));
  // The error itself, on pointing at the penalty.
  const error = `Error ${(100 * (site?.testError ?? NaN)).toFixed(1)}%`;
  await expect(cells.nth(0).getByTitle(error)).toBeVisible();

  // A line of no length for each point.
  await expect(pointsOf(page.locator(".plot-penalty"))).toHaveAttribute("d", /^M[^M]+h0$/);
  await expect(pointsOf(page.locator(".plot-similarity"))).toHaveAttribute("d", /^M[^M]+h0$/);
});

test("cancelling stops the run and keeps what was finished", async ({ page }) => {
  await withOneWorker(page);
  await open(page, long);
  await run(page);
  const layer = await firstFinishedLayer(page);
  const before = await cellsAt(page, layer).allInnerTexts();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Cancelled." })).toBeAttached();
  await expect(page.getByRole("button", { name: "Run the rest" })).toBeEnabled();
  await expect(page.getByRole("button", { name: "Download report" })).toHaveCount(0);
  expect(await cellsAt(page, layer).allInnerTexts()).toEqual(before);

  // A press right after Cancel could be meant for Cancel, and is ignored.
  await page.waitForTimeout(600);
  // And nothing that was under way is waited for.
  await page.getByRole("button", { name: "Run the rest" }).click();
  await untilFinished(page);
  expect(await cellsAt(page, layer).allInnerTexts()).toEqual(before);
});

test("a run continues in a hidden tab, without frames and with timers once a second", async ({
  page,
}) => {
  await open(page, brief);
  await expect(runButton(page)).toBeEnabled({ timeout: 60_000 });
  await runButton(page).click();
  await expect(activity(page)).toContainText("of memory");
  // What Chromium does to a tab behind another, which a browser without windows never has.
  await page.evaluate(() => {
    const later = window.setTimeout.bind(window);
    window.setTimeout = ((handler: () => void, ms = 0) =>
      later(handler, Math.max(ms, 1_000))) as typeof window.setTimeout;
    window.requestAnimationFrame = () => 0;
    Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
    Object.defineProperty(document, "hidden", { get: () => true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await expect(page.getByRole("button", { name: "Download report" })).toBeAttached({
    timeout: 100_000,
  });
});

test("after a reload the run resumes automatically and computes nothing again", async ({
  page,
}) => {
  await withOneWorker(page);
  await open(page, long);
  await run(page);
  const layer = await firstFinishedLayer(page);
  const before = await cellsAt(page, layer).allInnerTexts();
  await page.reload();
  await expect(cellsAt(page, layer)).toHaveText(before);
  await expect(page.getByRole("button", { name: "Download report" })).toHaveCount(0);

  const heard = await hearActivity(page);
  await untilFinished(page);
  const others = ["stage 1", "stage 2", "stage 3", "stage 4"].filter((name) => name !== layer);
  for (const name of others) expect(heard.some((text) => text.includes(`${name}:`))).toBe(true);
  expect(heard.filter((text) => text.includes(`${layer}:`))).toEqual([]);
  expect(await cellsAt(page, layer).allInnerTexts()).toEqual(before);
});

test("a copied address sets up the same experiment in another browser, with the same numbers", async ({
  browser,
  context,
  page,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, brief);
  await run(page);
  await untilFinished(page);
  const report = await downloadReport(page);
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByText("Copied.")).toBeVisible();
  const address = await page.evaluate(() => navigator.clipboard.readText());

  const elsewhere = await browser.newContext();
  await answerProbes(elsewhere);
  const stranger = await elsewhere.newPage();
  await stranger.goto(address);
  await expect(stranger.getByRole("button", { name: "Top network: " })).toHaveText(/, seed 0$/);
  await expect(stranger.getByRole("button", { name: "Bottom network: " })).toHaveText(/, seed 1$/);
  const settings = await openSettings(stranger);
  await expect(settings.getByLabel("Top network")).toHaveValue("myrtle-w16-s0");
  await expect(settings.getByLabel("Bottom network")).toHaveValue("myrtle-w16-s1");
  await expect(settings.getByRole("radio", { name: /^glance/ })).toBeChecked();
  await expect(runButton(stranger)).toHaveText("Run");
  await run(stranger);
  await untilFinished(stranger);
  expect(withoutTimes(await downloadReport(stranger))).toEqual(withoutTimes(report));
  await elsewhere.close();
});

test("another bottom network is another experiment: it shares the top's error and nothing else", async ({
  page,
}) => {
  await open(page, brief);
  await run(page);
  await untilFinished(page);
  const before = await cellsAt(page, "stage 4").allInnerTexts();
  const owner = (role: "top" | "bottom") => page.locator(`.drawing-owner.of-${role}`);
  await expect(owner("top")).toContainText("wrong alone");
  await expect(owner("bottom")).toContainText("wrong alone");
  const ofTop = (await owner("top").textContent()) ?? "";

  const settings = await openSettings(page);
  await settings.getByLabel("Bottom network").selectOption("myrtle-w16-s0");
  await expect(cellsAt(page, "stage 4")).toHaveText([/not yet/, /not yet/]);
  await expect(owner("top")).toHaveText(ofTop);
  await settings.getByLabel("Bottom network").selectOption("myrtle-w16-s1");
  await expect(cellsAt(page, "stage 4")).toHaveText(before);
});

/** Share of the first 64 test images that PyTorch's logits, a committed fixture, get wrong. */
async function errorByPyTorch(id: string): Promise<number> {
  const fixture = z
    .object({
      images: z.int(),
      networks: z.array(z.object({ id: z.string(), logits: z.array(z.number()) })),
    })
    .parse(JSON.parse(await readFile("tests/fixtures/logits.json", "utf8")));
  const logits = fixture.networks.find((network) => network.id === id)?.logits ?? [];
  // A shard begins with its labels, one byte each.
  const labels = await readFile("public/data/test-00.bin");
  let wrong = 0;
  for (let image = 0; image < fixture.images; image++) {
    const scores = logits.slice(10 * image, 10 * (image + 1));
    if (scores.indexOf(Math.max(...scores)) !== labels[image]) wrong++;
  }
  return wrong / fixture.images;
}

/** Waits for the first penalty, and tells at which layer it is. */
async function firstFinishedLayer(page: Page): Promise<string> {
  const finished = page
    .getByRole("row")
    .filter({ has: page.getByRole("cell").first().filter({ hasText: "±" }) })
    .getByRole("rowheader");
  await expect(finished.first()).toBeVisible({ timeout: 100_000 });
  return finished.first().innerText();
}

/** Everything that the page says it is at from now on. */
async function hearActivity(page: Page): Promise<readonly string[]> {
  const heard: string[] = [];
  await page.exposeFunction("hear", (text: string) => heard.push(text));
  await activity(page).evaluate((status) => {
    new MutationObserver(() => window.hear?.(status.textContent)).observe(status, {
      characterData: true,
      childList: true,
      subtree: true,
    });
  });
  return heard;
}
