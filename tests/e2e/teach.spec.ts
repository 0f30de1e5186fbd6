/** The page in a lesson: parts hidden, presented, framed, shared, predicted. */
import { expect, type Page } from "@playwright/test";
import jsQR from "jsqr";
import { PNG } from "pngjs";
import { presets } from "../../src/experiment/figures";
import { frameHeights } from "../../src/lab/share/address/lesson-address";
import { expectNothingFound } from "./page/axe";
import {
  brief,
  open,
  openFigure,
  openGallery,
  pointsOf,
  pressInMenu,
  run,
  runButton,
  stitch,
  untilDrawn,
  untilFinished,
} from "./page/lab-page";
import { answerProbes, test } from "./page/lab-test";

test.describe("hiding", () => {
  test("an address hides the parts that it names and no others", async ({ page }) => {
    await page.goto("/?hide=settings,figures,tour,method,export,table,errors,diagram,similarity");
    await untilDrawn(page);
    await page.locator("summary", { hasText: "More" }).click();
    await expect(page.getByRole("button", { name: "Predict first" })).toBeVisible();
    for (const name of ["Tour", "How it works", "Settings", /^(Top|Bottom) network: /]) {
      await expect(page.getByRole("button", { name })).toHaveCount(0);
    }
    for (const name of [/^Figures: /, /^Next figure/]) {
      await expect(page.getByRole("button", { name })).toHaveCount(0);
    }
    await expect(page.getByRole("table")).toHaveCount(0);
    await expect(page.getByRole("slider")).toHaveCount(0);
    await expect(page.getByRole("heading", { name: /^Similarity/ })).toHaveCount(0);
    // The plot that is left has the layers' names.
    await expect(page.locator(".axis-name", { hasText: "stem" })).toBeVisible();
    await expect(page.getByText("wrong alone")).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Run here" })).toBeVisible();
    expect(new URL(page.url()).search).toContain("?hide=settings");
  });

  test("an unknown part is reported, and the message can be dismissed", async ({ page }) => {
    await open(page, "?hide=tabel,tour&presnt");
    const notice = page.getByRole("region", {
      name: "Part of the link could not be read",
    });
    await expect(notice.getByRole("listitem")).toHaveText([
      /^presnt: found nothing, expected only the words present, notes, embed, predict, path, one-scale, see-stitch, hide=… and lesson=…; ignored it\.$/,
      /^hide: found tabel, expected names from intro, .*; ignored unknown names\.$/,
    ]);
    await expect(page.getByRole("table").first()).toBeVisible();
    await page.locator("summary", { hasText: "More" }).click();
    await expect(page.getByRole("button", { name: "How it works" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Tour" })).toHaveCount(0);
    await notice.getByRole("button", { name: "Dismiss" }).click();
    await expect(notice).toHaveCount(0);
    expect(new URL(page.url()).search).toBe("?hide=tour");
  });
});

test.describe("presenting", () => {
  test("P starts it, its keys move through layers and figures, Escape exits", async ({ page }) => {
    await open(page, "");
    await untilDrawn(page);
    const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
    const usual = await size();
    await page.keyboard.press("p");
    await expect(page).toHaveURL(/\/\?present#/);
    await expect(page.getByRole("button", { name: "Settings" })).toHaveCount(0);
    await expect(page.getByRole("table")).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Exit" })).toBeVisible();
    expect(await size()).toBeGreaterThan(1.2 * usual);

    const slider = stitch(page);
    const layer = async () => Number(await slider.getAttribute("aria-valuenow"));
    // What hears the keys of the layers is fetched when presenting begins.
    const before = await layer();
    await expect(async () => {
      await page.keyboard.press("ArrowDown");
      await expect.poll(layer, { timeout: 500 }).toBeGreaterThan(before);
    }).toPass({ intervals: [500], timeout: 20_000 });
    await page.keyboard.press("ArrowUp");
    await expect.poll(layer).toBe(before);
    await page.keyboard.press("ArrowUp");
    await expect.poll(layer).toBe(before - 1);
    // A focused slider moves itself, and once.
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(layer).toBe(before);

    // A focused slider would take End for itself.
    await slider.blur();
    const title = page.locator(".figure-head h2");
    const seeds = await title.innerText();
    await page.keyboard.press("Shift+ArrowRight");
    await expect(title).not.toHaveText(seeds);
    await page.keyboard.press("Shift+ArrowLeft");
    await expect(title).toHaveText(seeds);
    // Page Down builds the slide up, to the claim at its last step.
    await page.keyboard.press("End");
    await expect(title).toHaveText(presets.seeds.claim);
    await page.keyboard.press("PageDown");
    await expect(title).not.toHaveText(presets.seeds.claim);
    await page.keyboard.press("PageUp");
    await expect(title).toHaveText(presets.seeds.claim);

    await page.keyboard.press("Shift+?");
    const help = page.getByRole("dialog", { name: "Presentation shortcuts" });
    await expect(help).toBeVisible();
    // Over the page its keys rest, and Escape closes what lies over it.
    await page.keyboard.press("n");
    await page.keyboard.press("Escape");
    await expect(help).toHaveCount(0);
    await expect(title).toHaveText(presets.seeds.claim);
    await page.keyboard.press("d");
    await expect(page.getByRole("heading", { name: "What do you expect?" })).toBeVisible();
    await page.getByRole("button", { name: "Skip prediction" }).click();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: "Settings" })).toBeVisible();
    expect(new URL(page.url()).search).toBe("");
    await expect(title).toBeInViewport();
  });

  test("R runs, and is off if Run is hidden", async ({ page }) => {
    await page.goto(`/?present${brief}`);
    await expect(runButton(page)).toBeEnabled({ timeout: 60_000 });
    // What hears the keys is fetched when presenting begins.
    await expect(async () => {
      await page.keyboard.press("r");
      await expect(runButton(page)).toHaveCount(0, { timeout: 500 });
    }).toPass({ intervals: [500], timeout: 20_000 });
    await expect(page.locator(".run-status")).toContainText("Done.", { timeout: 100_000 });

    await page.goto("/?present&hide=run,settings#v=1&bottom=myrtle-w16-s0&top=myrtle-w16-s1");
    await expect(page.getByRole("heading", { name: "No results yet" })).toBeVisible();
    await page.keyboard.press("r");
    await expect(page.getByRole("progressbar")).toHaveCount(0);
  });

  test("letters typed in a field, or with Control, are not shortcuts", async ({ page }) => {
    await open(page, "");
    await page.keyboard.press("Control+p");
    await page.getByRole("button", { name: "Bottom network: " }).click();
    await page.getByLabel("Search").pressSequentially("prn?");
    await expect(page.getByLabel("Search")).toHaveValue("prn?");
    await expect(page).not.toHaveURL(/present/);
    await page.goto("/?hide=keys");
    await untilDrawn(page);
    await page.keyboard.press("p");
    await expect(page.getByRole("button", { name: "Present" })).toBeVisible();
  });
});

/** A penalty as people read it. */
const penalty = /[+−]\d+\.\d/;

test.describe("framing", () => {
  test("the copied code shows only the chart in another page, and links to the experiment", async ({
    context,
    page,
  }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await open(page, "");
    await untilDrawn(page);
    await page.getByRole("button", { name: "Share" }).click();
    await page.getByRole("button", { name: "Copy embed code", exact: true }).click();
    await expect(page.getByText("Copied.")).toBeVisible();
    const code = await page.evaluate(() => navigator.clipboard.readText());

    const other = await context.newPage();
    await other.setContent(`<!doctype html><title>Lecture 5</title><h1>Lecture 5</h1>${code}`);
    await expect(other.locator("iframe")).toHaveAttribute("title", /Different seeds$/);
    const frame = other.frameLocator("iframe");
    await untilDrawn(frame);
    await expect(frame.getByRole("heading", { name: /^Stitching penalty/ })).toBeVisible();
    for (const name of [/^Similarity/, presets.seeds.claim, "Saved result"]) {
      await expect(frame.getByRole("heading", { name })).toHaveCount(0);
    }
    const [whole] = await Promise.all([
      context.waitForEvent("page"),
      frame.getByRole("link", { name: /^Open in Stitch Lab/ }).click(),
    ]);
    await expect(
      whole.getByRole("button", { name: `Figures: ${presets.seeds.title}` }),
    ).toBeVisible();
    expect(new URL(whole.url()).search).toBe("");
  });

  // Here, since the height is that of a picture that a worker computes.
  test("the stitch fits the frame of its embed code, which needs more height on a phone", async ({
    page,
  }) => {
    for (const [width, height] of [
      [960, frameHeights.stitch],
      [1200, frameHeights.stitch],
      // As docs/teaching.md says.
      [400, 1900],
    ] as const) {
      await page.setViewportSize({ width, height });
      if (width === 960) await page.goto("/?embed=stitch#figure=seeds");
      await expect(page.locator(".stitch-picture")).toBeVisible({ timeout: 60_000 });
      await expect(page.getByText(/on 512 test images/).first()).toBeVisible({ timeout: 60_000 });
      const needed = await page.evaluate(() => {
        const { scrollWidth, scrollHeight } = document.documentElement;
        return { width: scrollWidth, height: scrollHeight };
      });
      expect(needed.height, `height at ${width}`).toBeLessThanOrEqual(height);
      expect(needed.width, `width at ${width}`).toBeLessThanOrEqual(width);
    }
    // At the layer that the figure's note is about, as the page.
    await expect(page.getByRole("slider", { name: "Stitched" })).toHaveAttribute(
      "aria-valuetext",
      "after block 5",
    );
    await expect(page.getByRole("link", { name: /^Open in Stitch Lab/ })).toBeVisible();
  });

  test("an embedded experiment without results says so", async ({ page }) => {
    await page.goto(`/?embed${brief}`);
    await expect(page.getByText("No results yet. Open it")).toBeVisible();
    await expect(page.getByRole("link", { name: /^Open in Stitch Lab/ })).toBeVisible();
  });
});

test.describe("sharing", () => {
  test("an address with its author's results says at each layer whether a visitor's are the same", async ({
    browser,
    page,
  }) => {
    await open(page, brief);
    await page.getByRole("button", { name: "Share" }).click();
    await expect(page.getByLabel("Include my results")).toBeDisabled();
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await run(page);
    await untilFinished(page);
    await page.getByRole("button", { name: "Share" }).click();
    const field = page.getByRole("textbox", { name: "Link" });
    await expect(field).toHaveValue(/&digest=2:-?\d+\.\d+\.(-?\d+|x)$/);
    await page.getByLabel("Include my results").uncheck();
    await expect(field).not.toHaveValue(/digest/);
    await page.getByLabel("Include my results").check();
    await page.getByLabel("Presentation mode").check();
    await page.getByText("Not in the link").click();
    await page.getByLabel("Protocol choice").check();
    await expect(field).toHaveValue(/\/\?present&hide=.*settings,protocol.*#v=3/);
    await page.getByLabel("Presentation mode").uncheck();
    await page.getByLabel("All settings: networks").uncheck();
    const address = await field.inputValue();

    const elsewhere = await browser.newContext();
    await answerProbes(elsewhere);
    const stranger = await elsewhere.newPage();
    await stranger.goto(address);
    const authors = stranger.getByRole("region", { name: "The author’s results and yours" });
    await expect(authors.getByRole("status")).toHaveText(/^Run here/);
    await expect(authors.getByRole("row").last()).toContainText("not yet");
    const chart = authors.getByRole("figure", { name: /^Stitching penalty: the author’s/ });
    // The author's curve alone has points as yet.
    await expect(pointsOf(chart).and(chart.locator("[d*=h0]"))).toHaveCount(1);
    await run(stranger);
    await expect(authors.getByRole("status")).toHaveText("1 of 1 layers agree.", {
      timeout: 100_000,
    });

    // Had the author found forty points less, the visitor would be told.
    const found = Number(/digest=2:(-?\d+)\./.exec(address)?.[1]);
    const tampered = address.replace(/digest=.*$/, `digest=1:${found - 4_000}`);
    await stranger.goto(tampered);
    await expect(authors.getByRole("row").last()).toContainText("differs by +40.0 points");
    await stranger.goto(address.replace(/digest=.*$/, "digest=1:5,5"));
    await expect(
      stranger.getByRole("listitem").filter({ hasText: "made no comparison" }),
    ).toBeVisible();
    await expect(authors).toHaveCount(0);
    await expect(stranger.getByRole("button", { name: "Bottom network: " })).toHaveText(/seed 1$/);
    await elsewhere.close();
  });

  test("the QR code is read as the address, and fills the window for a lecture hall", async ({
    page,
  }) => {
    await open(page, "");
    await page.getByRole("button", { name: "Share" }).click();
    const code = page.getByRole("img", { name: /^QR code of the link/ });
    await expect(code).toBeVisible();
    const { data, width, height } = PNG.sync.read(await code.screenshot());
    const read = jsQR(new Uint8ClampedArray(data), width, height);
    expect(read?.data).toBe(await page.getByRole("textbox", { name: "Link" }).inputValue());
    await page.getByRole("button", { name: "Enlarge" }).click();
    const box = await code.boundingBox();
    expect(box?.height).toBeGreaterThan(0.85 * (page.viewportSize()?.height ?? Infinity));
    await page.getByRole("button", { name: "Shrink" }).click();
    await expect(page.getByRole("button", { name: "Copy link" })).toBeInViewport();
  });
});

test.describe("predicting first", () => {
  test("results are hidden until a curve is drawn and revealed", async ({ page }) => {
    await page.goto("/?predict");
    await expect(page.getByRole("heading", { name: "What do you expect?" })).toBeVisible();
    await expect(page.getByText(presets.seeds.question)).toBeVisible();
    await expectCovered(page, presets.seeds.claim);
    await expect(page.getByRole("button", { name: "Reveal" })).toBeDisabled();
    const gallery = await openGallery(page);
    await expect(gallery.getByText(presets.random.question)).toBeVisible();
    await expect(gallery.locator("svg")).toHaveCount(0);
    await expect(gallery.getByText(presets.random.claim)).toHaveCount(0);
    await gallery.getByRole("button", { name: "Close" }).click();

    // By keyboard.
    const layers = page.locator(".predict-handle");
    await expect(layers).toHaveCount(9);
    await layers.first().focus();
    for (let k = 0; k < 3; k++) await page.keyboard.press("ArrowUp");
    await expect(layers.first()).toHaveAttribute("aria-valuetext", "+3.0 points");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await expect(layers.nth(1)).toHaveAttribute("aria-valuetext", "−1.0 points");
    await expect(page.getByText("2 of 9 layers drawn.")).toBeVisible();
    // As a number.
    await page.getByText("Enter numbers").click();
    await page.getByLabel("block 2", { exact: true }).last().fill("four");
    await page.keyboard.press("Enter");
    await expect(page.getByText("“four” is not a number")).toBeVisible();
    await page.getByLabel("block 2", { exact: true }).last().fill("+4.5");
    await page.keyboard.press("Enter");
    await expect(layers.nth(2)).toHaveAttribute("aria-valuetext", "+4.5 points");
    // With the pointer, over the rest of the layers in one stroke.
    const [from, to] = [await layers.nth(3).boundingBox(), await layers.nth(8).boundingBox()];
    if (!from || !to) throw new Error("the layers are not on the page");
    await page.mouse.move(from.x + from.width / 2, from.y - 40);
    await page.mouse.down();
    await page.mouse.move(to.x + to.width / 2, to.y - 40);
    await page.mouse.up();
    await expect(page.getByText("9 of 9 layers drawn.")).toBeVisible();
    await expect(layers.nth(5)).toHaveAttribute("aria-valuetext", /^\+\d/);
    await expect(page.getByText(presets.seeds.claim)).toHaveCount(0);

    await page.getByRole("button", { name: "Reveal" }).click();
    await expect(
      page.getByText(/^You were off by \d+\.\d points on average ?, most at/),
    ).toBeFocused();
    await expect(page.locator(".predict-gap").first()).toHaveAttribute("d", /^M.*Z$/);
    await expect(page.getByText(presets.seeds.claim)).toBeVisible();
    await untilDrawn(page);

    // The next figure is covered again.
    await page.getByRole("button", { name: /^Next figure/ }).click();
    await expect(page.getByRole("heading", { name: "What do you expect?" })).toBeVisible();
    // The only dots are those of the next prediction, of which there are none yet.
    await expect(page.locator(".plot-dots")).toHaveAttribute("d", "");
    await page.getByRole("button", { name: "Skip prediction" }).click();
    await expect(page.getByRole("heading", { name: "What do you expect?" })).toHaveCount(0);
    expect(new URL(page.url()).search).toBe("");
  });

  // Here, since what keeps the focus is part of the whole page.
  test("in a presentation the keys go on after a prediction, and no field takes the focus", async ({
    page,
  }) => {
    await page.goto("/?present&predict");
    const expected = page.getByRole("heading", { name: "What do you expect?" });
    // What hears the keys is fetched when presenting begins.
    await expect(async () => {
      await page.keyboard.press("PageDown");
      await expect(expected).toBeVisible({ timeout: 500 });
    }).toPass({ intervals: [500], timeout: 20_000 });
    await page.getByRole("slider", { name: "stem" }).focus();
    await page.keyboard.press("ArrowUp");
    await page.getByRole("button", { name: "Reveal" }).click();
    await expect(page.getByText(/^You were off by/)).toBeFocused();
    const fields = page.locator(":is(input, select, textarea):focus");
    const title = page.locator(".figure-head h2");
    const questions = [presets.seeds.claim];
    // Also from the figure that is covered next.
    for (const key of ["Shift+ArrowRight", "Shift+ArrowRight", "PageUp"]) {
      await page.keyboard.press(key);
      await expect(title).not.toHaveText(questions.at(-1) ?? "");
      questions.push(await title.innerText());
      await expect(fields).toHaveCount(0);
    }
    await page.keyboard.press("Escape");
    await expect(page).not.toHaveURL(/present/);
    await expect(fields).toHaveCount(0);
  });

  test("results of a run stay hidden while it continues", async ({ page }) => {
    await open(page, brief);
    await pressInMenu(page, "Predict first");
    await expect(page.getByText("No result to compare with yet")).toBeVisible();
    await page.getByRole("slider", { name: "stage 4" }).focus();
    await page.keyboard.press("PageUp");
    await expect(page.getByRole("button", { name: "Reveal" })).toBeDisabled();
    await run(page);
    await expect(page.getByRole("button", { name: "Reveal" })).toBeEnabled({ timeout: 100_000 });
    await expect(page.getByRole("table")).toHaveCount(0);
    await page.getByRole("button", { name: "Reveal" }).click();
    await expect(page.getByText(/^You were off by .* on average ?, most at/)).toBeVisible();
    await expect(page.getByRole("table")).toBeVisible();
    await openFigure(page, presets.protocol.title);
    await expectCovered(page, presets.protocol.claim);
  });
});

async function expectCovered(page: Page, claim: string): Promise<void> {
  await expect(page.getByRole("heading", { name: "What do you expect?" })).toBeVisible();
  await expect(page.getByText(claim)).toHaveCount(0);
  await expect(page.getByText(/Extra error: [+−0]/)).toHaveCount(0);
  await expect(page.getByRole("table")).toHaveCount(0);
  await expect(page.locator(".plot-dots:not([d='']), .sketch")).toHaveCount(0);
  expect(await page.locator("body").innerText()).not.toMatch(penalty);
}

test("axe finds nothing on the views of a lesson", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/?present");
  // What hears the keys is fetched when presenting begins.
  await expect(async () => {
    await page.keyboard.press("End");
    await untilDrawn(page);
  }).toPass({ intervals: [500], timeout: 40_000 });
  await expectNothingFound(page, "the presentation");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectNothingFound(page, "its keys");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByText("Lesson", { exact: true }).click();
  await expectNothingFound(page, "sharing from the presentation");

  await page.goto("/?embed");
  await untilDrawn(page);
  await expectNothingFound(page, "the frame");

  await page.goto("/?predict");
  await page.locator(".predict-handle").first().focus();
  await page.keyboard.press("ArrowUp");
  await page.getByText("Enter numbers").click();
  await expectNothingFound(page, "the empty chart");
  await page.getByRole("button", { name: "Reveal" }).click();
  await page
    .getByRole("heading", { name: /result/ })
    .last()
    .scrollIntoViewIfNeeded();
  await untilDrawn(page);
  await expectNothingFound(page, "the revealed chart");

  await page.getByRole("button", { name: "Share" }).click();
  await page.getByText("Not in the link").click();
  await expectNothingFound(page, "sharing");
  await page.getByRole("button", { name: "Enlarge" }).click();
  await expectNothingFound(page, "the large QR code");
});
