import { readFile } from "node:fs/promises";
import { expect, test, type Page } from "@playwright/test";
import { presets } from "../../src/experiment/figures";
import { recordedSchema, type Recorded } from "../../src/experiment/report";
import {
  cellsAt,
  open,
  openSettings,
  runButton,
  stitch,
  untilDrawn,
  untilLive,
} from "./page/lab-page";

test("a first visit opens the paper’s first figure with its recorded result, and computes nothing", async ({
  page,
}) => {
  await open(page, "");
  const { title, claim } = presets.seeds;
  await expect(page.getByRole("button", { name: `Figures: ${title}` })).toBeVisible();
  await expect(page.getByRole("heading", { name: claim })).toBeVisible();
  await expect(stitch(page)).toBeVisible();
  await untilDrawn(page);
  await expect(page.getByRole("heading", { name: "Saved result" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Run here" })).toBeVisible();
  await expect(page.getByRole("progressbar")).toHaveCount(0);
});

// The build writes the picture: nothing in it may move when the script takes it over.
for (const [width, height] of [
  [1280, 720],
  [390, 844],
] as const) {
  test(`the picture is where it was, point by point and name by name, once the page is live, at ${width} px`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    const parts = page.locator(
      ".picture :is(.block, .plot-dots, .plot-tick, .axis-name, .plot-label, .plot-note, .stitch-handle)",
    );
    const places = (): Promise<readonly string[]> =>
      parts.evaluateAll((elements) =>
        elements.map((element) => {
          const { x, y, width, height } = element.getBoundingClientRect();
          return [element.textContent, x, y, width, height].join(" ");
        }),
      );
    await page.goto("./");
    await page.evaluate(() => document.fonts.ready);
    const written = await places();
    expect(written.length).toBeGreaterThan(50);
    await untilLive(page);
    expect(await places()).toEqual(written);
    expect(await layoutShift(page)).toBeLessThan(0.005);
  });
}

/** How far parts of the page have moved since it was opened, as browsers measure it. */
function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const shifts = list.getEntries() as (PerformanceEntry & { value: number })[];
          resolve(shifts.reduce((sum, { value }) => sum + value, 0));
        }).observe({ type: "layout-shift", buffered: true });
        // Without any shift nothing is reported.
        setTimeout(() => resolve(0), 500);
      }),
  );
}

test("the recorded result is in the page itself: it is read without any script", async ({
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("./");
  await expect(page.getByRole("heading", { name: "Saved result" })).toBeVisible();
  await untilDrawn(page);
  const { report } = await recorded("seeds");
  const [stem] = report.curves[0].sites;
  const penalty = `+${(100 * (stem?.penalty ?? NaN)).toFixed(1)}`;
  await expect(cellsAt(page, "stem").first()).toContainText(penalty);
  await context.close();
});

/**
 * Keeps the list of networks back, without which the page cannot answer, until what is returned is
 * called.
 */
async function heldBack(page: Page): Promise<() => void> {
  let answer = (): void => undefined;
  const answered = new Promise<void>((resolve) => (answer = resolve));
  await page.route("**/zoo/manifest.json", async (route) => {
    await answered;
    await route.continue();
  });
  return answer;
}

/** Keeps the page's script back until what is returned is called. */
async function scriptHeldBack(page: Page): Promise<() => void> {
  let send = (): void => undefined;
  const sent = new Promise<void>((resolve) => (send = resolve));
  await page.route("**/assets/index-*.js", async (route) => {
    await sent;
    await route.continue();
  });
  // Not loaded: the browser waits for the script.
  await page.goto("./", { waitUntil: "commit" });
  await expect(page.getByRole("button", { name: /^Figures: / })).toBeVisible();
  return send;
}

// Only the built page is there before its script.
test.describe("what is done before the page’s script has arrived is done once it has", () => {
  test("a button, and meanwhile the pointer says that it waits", async ({ page }) => {
    const send = await scriptHeldBack(page);
    const button = page.getByRole("button", { name: /^Figures: / });
    await button.click();
    await expect(button).toHaveCSS("cursor", "progress");
    send();
    await expect(page.getByRole("dialog", { name: /^Figures/ })).toBeVisible();
    await expect(page.locator("html.waiting")).toHaveCount(0);
  });

  test("a measure of similarity", async ({ page }) => {
    const send = await scriptHeldBack(page);
    const measure = page.getByLabel("Similarity measure");
    await measure.selectOption("SVCCA");
    send();
    await expect(page.getByText("SVCCA", { exact: true }).last()).toBeVisible();
    await untilLive(page);
    await expect(measure.locator("option:checked")).toHaveText("SVCCA");
    await expect(page.getByRole("radio", { name: "SVCCA" })).toBeAttached();
  });

  test("the settings", async ({ page }) => {
    const send = await scriptHeldBack(page);
    await page.getByRole("button", { name: "Settings", exact: true }).click();
    send();
    await expect(page.getByRole("complementary", { name: "Settings" })).toBeVisible();
  });

  test("an opened menu stays open", async ({ page }) => {
    const send = await scriptHeldBack(page);
    await page.locator("summary", { hasText: "More" }).click();
    send();
    await untilLive(page);
    await expect(page.getByRole("button", { name: "How it works" })).toBeVisible();
  });

  test("a layer that is pressed in the drawing, though the page was scrolled since", async ({
    page,
  }) => {
    const send = await scriptHeldBack(page);
    await page.locator(".drawing .of-top .block").nth(2).click();
    await page.mouse.wheel(0, 150);
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(0);
    send();
    await expect(stitch(page)).toHaveAttribute("aria-valuetext", /^block 2/);
    // It stays there once the pointer is elsewhere.
    await untilLive(page);
    await expect(stitch(page)).toHaveAttribute("aria-valuetext", /^block 2/);
  });

  test("a layer that is pressed in the table", async ({ page }) => {
    const send = await scriptHeldBack(page);
    await page.getByRole("rowheader", { name: "block 5", exact: true }).first().click();
    send();
    const row = page.getByRole("row", { name: /^block 5/ }).first();
    await expect(row).toHaveClass("chosen");
  });

  test("a layer that is pressed in a plot", async ({ page }) => {
    const send = await scriptHeldBack(page);
    const plot = page.locator(".plot-penalty .plot-inner");
    const [name, box] = [
      await page.locator(".axis-name", { hasText: "6" }).boundingBox(),
      await plot.boundingBox(),
    ];
    if (!name || !box) throw new Error("nothing is drawn");
    await plot.click({ position: { x: name.x + name.width / 2 - box.x, y: box.height / 2 } });
    send();
    await expect(stitch(page)).toHaveAttribute("aria-valuetext", /^block 6/);
    // It stays there once the pointer is elsewhere.
    await untilLive(page);
    await expect(stitch(page)).toHaveAttribute("aria-valuetext", /^block 6/);
  });

  test("a curve that is pressed by its name", async ({ page }) => {
    const send = await scriptHeldBack(page);
    const name = page.locator(".plot-penalty").getByRole("button", { name: /^a third seed/ });
    await name.click();
    send();
    await expect(name).toHaveAttribute("aria-pressed", "true");
  });
});

// Playwright cannot drop files from outside: whether the browser would leave the page is whether
// nobody has prevented it.
test("a file that is dropped before the page’s script has arrived is taken once it has", async ({
  page,
}) => {
  const send = await scriptHeldBack(page);
  const left = await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["not a network"], "early.safetensors"));
    const given = { dataTransfer, bubbles: true, cancelable: true };
    const target = document.querySelector("main") ?? document.body;
    return ["dragover", "drop"].map((kind) => target.dispatchEvent(new DragEvent(kind, given)));
  });
  expect(left).toEqual([false, false]);
  send();
  await expect(page.getByText(/early\.safetensors: expected/).first()).toBeVisible();
});

test("a page whose script cannot be fetched says so, and can be reloaded", async ({ page }) => {
  await page.route("**/assets/index-*.js", (route) => route.abort());
  await page.goto("./");
  await expect(page.getByRole("alert")).toContainText("Could not load the page’s script");
  await page.unroute("**/assets/index-*.js");
  await page.getByRole("button", { name: "Reload the page" }).click();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await page.getByRole("button", { name: /^Figures: / }).click();
  await expect(page.getByRole("dialog", { name: /^Figures/ })).toBeVisible();
});

test("actions before hydration are replayed after it", async ({ page }) => {
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  const answer = await heldBack(page);
  await page.goto("./");
  await page.getByLabel("Similarity measure").selectOption("SVCCA");
  await page.getByRole("button", { name: /^Figures: / }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  answer();
  await expect(page.getByRole("dialog", { name: /^Figures/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("radio", { name: "SVCCA" })).toBeAttached();
  expect(errors).toEqual([]);
});

test("an explanation opened before hydration stays open next to its word", async ({ page }) => {
  const answer = await heldBack(page);
  await page.goto("./");
  const button = page.getByRole("button", { name: "Stitching penalty" });
  await button.click();
  const explanation = page.getByText("minus the top network’s own, in percentage points");
  await expect(explanation).toBeVisible();
  answer();
  // Only what answers finds the explanation's place.
  await expect(explanation).toHaveAttribute("style", /top/);
  await expect(explanation).toBeInViewport();
  const [word, said] = await Promise.all([button.boundingBox(), explanation.boundingBox()]);
  if (!word || !said) throw new Error("nothing is drawn");
  const gap = Math.max(said.y - word.y - word.height, word.y - said.y - said.height);
  expect(gap).toBeGreaterThan(0);
  expect(gap).toBeLessThan(20);
});

test("a page that React takes over keeps its height", async ({ page }) => {
  await page.goto("./");
  const height = () => page.evaluate(() => document.querySelector("main")?.scrollHeight ?? 0);
  const written = await height();
  await untilLive(page);
  expect(Math.abs((await height()) - written)).toBeLessThan(4);
});

test("a first visit finds a backend, says which and why, and lets the visitor choose", async ({
  page,
}) => {
  await open(page, "");
  const settings = await openSettings(page);
  const backend = settings.getByRole("region", { name: "Backend" });
  await expect(backend).toContainText(/Runs on .+\. ?Chosen automatically: .+\./, {
    timeout: 60_000,
  });
  await expect(runButton(page)).toBeEnabled();
  await backend.getByLabel("Compute on").selectOption("cpu");
  await expect(backend).toContainText("Runs on plain JavaScript");
  await expect(page).toHaveURL(/&backend=cpu$/);
});

test("only workers load tfjs; the page's own scripts contain none of it", async ({ page }) => {
  const pageScripts = new Set<string>();
  page.on("response", (response) => {
    const file = new URL(response.url()).pathname;
    if (file.endsWith(".js") && !file.includes("worker")) pageScripts.add(file);
  });
  await open(page, "");
  await expect(runButton(page)).toBeEnabled({ timeout: 60_000 });
  expect(pageScripts.size).toBeGreaterThan(0);
  for (const script of pageScripts) {
    const source = await (await page.request.get(script)).text();
    expect(source.includes("registerKernel"), script).toBe(false);
  }
});

async function recorded(name: string): Promise<Recorded> {
  return recordedSchema.parse(JSON.parse(await readFile(`public/recorded/${name}.json`, "utf8")));
}
