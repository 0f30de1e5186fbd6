/** A slide that builds up: its keys and what is on the page need the page's components. */
import { afterEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { presets } from "../../../../src/experiment/figures";
import {
  openSlideChannel,
  type SlideChannel,
  type SlideMessage,
} from "../../../../src/lab/present/slide-channel";
import { closePage, mountPage } from "../mounted-page";

const status = page.getBySelector(".slide-steps [role=status]");
const claim = page.getByText(presets.seeds.claim, { exact: true });
const question = page.getByText(presets.seeds.question, { exact: true });
const curve = page.getBySelector(".plot-penalty .plot-curve");
const similarity = page.getByRole("heading", { name: "Similarity", exact: true });
const lookFor = page.getByText(presets.seeds.lookFor);

async function press(key: string, step: RegExp): Promise<void> {
  await userEvent.keyboard(`{${key}}`);
  await expect.element(status).toHaveTextContent(step);
}

test("Page Down builds a figure up on its slide and then opens the next, Page Up goes back", async () => {
  await mountPage("?present#figure=seeds");
  await expect.element(status).toHaveTextContent("Step 1 of 5: question");
  await expect.element(question).toBeVisible();
  await expect.element(page.getBySelector(".plot-penalty")).toBeInTheDocument();
  expect(curve.elements()).toHaveLength(0);
  expect(page.getByText(/Extra error/).elements()).toHaveLength(0);
  await press("PageDown", /Step 2 of 5: controls/);
  expect(curve.elements()).toHaveLength(1);
  await press("PageDown", /Step 3 of 5: all curves/);
  await expect.poll(() => curve.elements().length).toBeGreaterThan(4);
  await expect.element(page.getByText(/Extra error/).first()).toBeVisible();
  expect(similarity.elements()).toHaveLength(0);
  await press("PageDown", /Step 4 of 5: similarity/);
  await expect.element(similarity).toBeVisible();
  await expect.element(question).toBeVisible();
  await press("PageDown", /Step 5 of 5: what to look for/);
  await expect.element(claim).toBeVisible();
  await expect.element(lookFor).toBeVisible();
  await press("PageDown", /Step 1 of \d: question/);
  await expect.element(page.getByText(presets.deep.question, { exact: true })).toBeVisible();
  await press("PageUp", /Step 5 of 5/);
  await expect.element(claim).toBeVisible();
});

test("with its curves, a slide stands at the layer that its note is about, as the page does", async () => {
  const layer = page.getByRole("slider", { name: "Stitched after layer" });
  await mountPage("?present#figure=seeds");
  await expect.element(status).toHaveTextContent("Step 1 of 5");
  await expect.element(layer).toHaveAttribute("aria-valuetext", expect.stringMatching(/^block 4/));
  await press("PageDown", /Step 2 of 5/);
  await expect.element(layer).toHaveAttribute("aria-valuetext", expect.stringMatching(/^block 4/));
  await press("End", /Step 5 of 5/);
  await expect.element(page.getByText(/block 5/).first()).toBeInTheDocument();
  await expect.element(layer).toHaveAttribute("aria-valuetext", expect.stringMatching(/^block 5/));
  await userEvent.keyboard("{Escape}");
  await expect.element(layer).toHaveAttribute("aria-valuetext", expect.stringMatching(/^block 5/));
});

test("an address that shows the stitch opens it at the page's layer", async () => {
  await mountPage("?see-stitch#figure=seeds");
  await expect
    .element(page.getByRole("dialog").getByRole("slider", { name: "Stitched" }))
    .toHaveAttribute("aria-valuetext", "after block 5");
});

test("without one-letter keys S does nothing; in a presentation Shift+S shows the stitch", async () => {
  const view = page.getByRole("dialog", { name: "What the stitch does" });
  await mountPage("?hide=keys#figure=seeds");
  await expect.element(curve.first()).toBeInTheDocument();
  await userEvent.keyboard("s");
  await expect.element(view).not.toBeInTheDocument();
  closePage();
  await mountPage("?present#figure=seeds");
  await expect.element(status).toHaveTextContent("Step 1 of 5");
  await press("End", /Step 5 of 5/);
  await userEvent.keyboard("{Shift>}s{/Shift}");
  await expect.element(view).toBeVisible();
});

test.for([
  [1440, 900],
  [1024, 768],
] as const)(
  "no heading of a slide lies on its plot's scale at %i × %i",
  async ([width, height]) => {
    await mountPage("?present#figure=seeds");
    await page.viewport(width, height);
    for (const step of [2, 3, 4]) await press("PageDown", new RegExp(`Step ${step} of 5`));
    for (const [name, plot] of [
      ["Stitching penalty", ".plot-penalty"],
      ["Similarity", ".plot-similarity"],
    ] as const) {
      const heading = page.getByRole("heading", { name, exact: true }).element();
      const ticks = page.getBySelector(`${plot} .plot-tick`).elements();
      const top = Math.min(...ticks.map((tick) => tick.getBoundingClientRect().top));
      expect(top, name).toBeGreaterThanOrEqual(heading.getBoundingClientRect().bottom);
    }
  },
);

test("after a press on Present, Space goes to the next step, and Escape first closes a menu", async () => {
  await mountPage("#figure=seeds");
  await page.getByRole("button", { name: "Present", exact: true }).click();
  await expect.element(status).toHaveTextContent("Step 1 of 5");
  expect(document.activeElement).toBe(page.getByRole("main").element());
  await userEvent.keyboard(" ");
  await expect.element(status).toHaveTextContent("Step 2 of 5");
  const menu = page.getBySelector(".page-menu .menu");
  await menu.getByText("More").click();
  await expect.element(menu).toHaveAttribute("open");
  await userEvent.keyboard("{Escape}");
  await expect.element(menu).not.toHaveAttribute("open");
  await expect.element(status).toHaveTextContent("Step 2 of 5");
  await userEvent.keyboard("{Escape}");
  await expect.element(status).not.toBeInTheDocument();
});

test("Q shows the question and then what was there, Home and End go to the ends", async () => {
  await mountPage("?present#figure=seeds");
  await expect.element(status).toHaveTextContent(/Step 1/);
  await press("End", /Step 5/);
  await press("q", /Step 1/);
  await press("q", /Step 5/);
  await press("Home", /Step 1/);
});

test("with a prediction, the result is covered until it is revealed", async () => {
  await mountPage("?present&predict#figure=seeds");
  await expect.element(status).toHaveTextContent("Step 1 of 7: question");
  await press("PageDown", /Step 2 of 7: prediction/);
  const first = page.getByRole("slider", { name: "stem" });
  await expect.element(first).toBeInTheDocument();
  (first.element() as HTMLElement).focus();
  await userEvent.keyboard("{ArrowUp}");
  await press("PageDown", /Step 3 of 7: prediction and result/);
  await expect.element(page.getByText(/^You were off by/)).toBeVisible();
  await press("PageDown", /Step 4 of 7: controls/);
  // What was drawn is still there.
  await press("PageUp", /Step 3 of 7/);
  await expect.element(page.getByText(/^You were off by/)).toBeVisible();
});

test("nothing lies below the slide at the sizes of projectors", async () => {
  await mountPage("?present#figure=seeds");
  for (const [width, height] of [
    [1280, 720],
    [1440, 900],
    [1920, 1080],
  ] as const) {
    await page.viewport(width, height);
    await press("Home", /Step 1/);
    for (const step of [1, 2, 3, 4, 5]) {
      await expect.element(status).toHaveTextContent(`Step ${step} of 5`);
      // Parts of the slide load after its step is named.
      await expect
        .poll(() => document.documentElement.scrollHeight, {
          message: `step ${step} at ${width} × ${height}`,
        })
        .toBeLessThanOrEqual(height);
      if (step < 5) await userEvent.keyboard("{PageDown}");
    }
  }
});

test("Z puts all curves on one scale on the ordinary page, too", async () => {
  const { query } = await mountPage("#figure=seeds");
  await expect.element(page.getBySelector(".plot-strip")).toBeVisible();
  await userEvent.keyboard("z");
  await expect.element(page.getBySelector(".plot-strip")).not.toBeInTheDocument();
  expect(query()).toBe("?one-scale");
  await userEvent.keyboard("z");
  await expect.element(page.getBySelector(".plot-strip")).toBeVisible();
});

test("a lesson goes through its figures in its order, presented or not", async () => {
  await mountPage("?lesson=random,shuffled#figure=random");
  await expect.element(page.getByText("1 of 2 in this lesson")).toBeVisible();
  await page.getByRole("button", { name: /^Next figure/ }).click();
  await expect.element(page.getByText(presets.shuffled.claim, { exact: true })).toBeVisible();
  await expect.element(page.getByText("2 of 2 in this lesson")).toBeVisible();
  await userEvent.keyboard("p");
  await expect.element(status).toHaveTextContent("Step 1");
  // It ends with its last figure.
  await userEvent.keyboard("{Shift>}{ArrowRight}{/Shift}");
  await userEvent.keyboard("{Shift>}{ArrowLeft}{/Shift}");
  await expect.element(page.getByText(presets.random.question, { exact: true })).toBeVisible();
});

// Here, since all windows of one origin share one channel, and files are tested side by side.
let other: SlideChannel | undefined;
afterEach(() => other?.close());

function otherWindow(): SlideMessage[] {
  const heard: SlideMessage[] = [];
  other = openSlideChannel((message) => heard.push(message));
  return heard;
}

test("notes ask where the slide is, show its figure, and move it by Page Down", async () => {
  const heard = otherWindow();
  await mountPage("?notes");
  await expect.element(page.getByText(/^Waiting for a presentation/)).toBeVisible();
  await expect.poll(() => heard).toContainEqual({ type: "ask" });
  other?.send({
    type: "slide",
    figure: "shuffled",
    step: "all curves",
    stepNumber: 3,
    steps: 5,
    nextStep: "similarity",
    nextFigure: "random",
  });
  const { question, claim, lookFor, scale } = presets.shuffled;
  for (const text of [question, claim, lookFor, scale]) {
    await expect.element(page.getByText(text, { exact: true })).toBeVisible();
  }
  await expect.element(page.getByText("Step 3 of 5: all curves")).toBeVisible();
  await expect.element(page.getByText(/^Next: similarity; then/)).toBeVisible();
  await userEvent.keyboard("{PageDown}");
  await expect.poll(() => heard).toContainEqual({ type: "move", by: 1 });
});

test("a presentation tells its notes every step, and follows their keys", async () => {
  const heard = otherWindow();
  await mountPage("?present#figure=seeds");
  const at = (stepNumber: number) =>
    expect.objectContaining({ type: "slide", figure: "seeds", stepNumber }) as SlideMessage;
  await expect.poll(() => heard).toContainEqual(at(1));
  await userEvent.keyboard("{PageDown}");
  await expect.poll(() => heard).toContainEqual(at(2));
  other?.send({ type: "move", by: 1 });
  await expect.poll(() => heard).toContainEqual(at(3));
});
