/** The view of what a stitch does, over a worker that a test scripts. */
import { cifar10Form } from "../../../../src/core/data/cifar10";
import { useState, type ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { AffineMap } from "../../../../src/core/stitch/affine-map";
import type { PassageListener, PassageQuestion } from "../../../../src/engine/host/passage";
import type { PassagePenalty } from "../../../../src/engine/passage";
import { defaultSpec, withFirstCurve } from "../../../../src/experiment/spec";
import { emptyResults, withEvent } from "../../../../src/lab/session/results/results";
import { createSession } from "../../../../src/lab/session/session";
import SeeStitch, { type SeeStitchProps } from "../../../../src/lab/see-stitch/SeeStitch";
import { SeeStitchDialog } from "../../../../src/lab/see-stitch/SeeStitchDialog";
import { ServicesContext, type AppServices } from "../../../../src/lab/view/services";
import { report, rememberedRun, ScriptedEngine, siteResult, TypedBar, zoo } from "../fakes";
import { createViewStore } from "../../../../src/lab/view/view-store";
import { answer, seenOf } from "./seen";
import { wantNoMotion } from "../motion";
import "../../../../src/lab/app/styles";

const classNames = ["plane", "car", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];
const spec = defaultSpec("resnet18-w16-s0", "resnet18-w16-s1");

/** What the page asked, and how its worker answers. */
class ScriptedPassages {
  readonly asked: PassageQuestion[] = [];
  closed = 0;
  listener: PassageListener | undefined;
  /** Whether every question is answered at once. */
  answers = true;
  /** The trained stitch that this browser has. */
  stored: AffineMap | null = null;

  readonly engine = {
    openPassages: (_curve: unknown, _backend: unknown, listener: PassageListener) => {
      this.listener = listener;
      return Promise.resolve({
        ask: (question: PassageQuestion) => {
          this.asked.push(question);
          if (this.answers) this.answer(question);
        },
        trained: () => Promise.resolve(this.stored),
        close: () => {
          this.closed++;
        },
      });
    },
    passageImages: () => {
      const count = 512;
      return Promise.resolve({
        ...cifar10Form,
        count,
        labels: Uint8Array.from({ length: count }, (_, k) => k % 10),
        pixels: new Uint8Array(count * 3072).fill(90),
        classes: { names: classNames, groupings: cifar10Form.classes.groupings },
      });
    },
  };

  get last(): PassageQuestion | undefined {
    return this.asked.at(-1);
  }

  /** Waits for the first question. */
  async latest(): Promise<PassageQuestion> {
    await expect.poll(() => this.last).toBeDefined();
    if (this.last === undefined) throw new Error("nothing asked");
    return this.last;
  }

  answer(question: PassageQuestion): void {
    const broken = question.stitch.type === "identity";
    const sure = answer(3, 0.92);
    const seen = seenOf({
      bottom: Float32Array.of(1, 2),
      own: Float32Array.of(2, 1),
      weight: broken ? Float64Array.of(1, 0, 0, 1) : Float64Array.of(0.5, 1, 0.25, -0.5),
      probabilities: { bottom: sure, stitched: broken ? answer(8, 0.31) : sure, top: sure },
    });
    this.listener?.seen(seen, question);
    this.listener?.penalty(penalty(broken ? 0.712 : 0.004), question);
  }
}

function penalty(value: number, scored = 512): PassagePenalty {
  return { type: "penalty", id: 0, scored, of: 512, value, standardError: 0.01 };
}

let root: Root;
let element: HTMLElement;
beforeEach(async () => {
  await page.viewport(1280, 720);
  element = document.body.appendChild(document.createElement("div"));
  root = createRoot(element);
});
afterEach(() => {
  root.unmount();
  element.remove();
});

function mount(props: Partial<SeeStitchProps> = {}): ScriptedPassages {
  const passages = new ScriptedPassages();
  draw(passages, props);
  return passages;
}

function draw(
  passages: ScriptedPassages,
  props: Partial<SeeStitchProps>,
  query = "",
  inDialog = false,
): void {
  const session = createSession(new ScriptedEngine(), new TypedBar(), rememberedRun(null));
  const views = createViewStore({ query: () => query, replaceQuery: () => undefined });
  const { engine } = passages;
  const services = { session, opening: null, engine, views } as unknown as AppServices;
  function View(): ReactNode {
    const [site, onSite] = useState(3);
    const seen = {
      ...{ spec, recorded: null, results: emptyResults, models: zoo.models, curve: 0 },
      ...props,
    };
    return inDialog ? (
      <SeeStitchDialog {...seen} site={3} onClose={() => undefined} />
    ) : (
      <SeeStitch {...seen} site={site} onSite={onSite} />
    );
  }
  root.render(
    <ServicesContext value={services}>
      <View />
    </ServicesContext>,
  );
}

const sentence = () => page.getByRole("status");

test("says what is seen in one sentence, with the penalty, and follows the kind of stitch", async () => {
  const passages = mount();
  await expect
    .element(sentence())
    .toHaveTextContent(
      "Stitched after block 3 with the least-squares stitch, the network says cat (92%) for this cat; A alone says cat (92%). Penalty +0.4 ± 1.0 points on 512 test images.",
    );
  await page.getByText("No stitch", { exact: true }).click();
  expect(passages.last).toMatchObject({ site: 3, stitch: { type: "identity" } });
  await expect
    .element(sentence())
    .toHaveTextContent(
      "with no stitch (the identity), the network says ship (31%) for this cat; A alone says cat (92%). Penalty +71.2 ± 1.0 points on 512 test images.",
    );
  await expect.element(page.getByText("wrong:")).toBeInTheDocument();
});

test.for([
  [1440, 900],
  [1024, 768],
  [390, 844],
] as const)(
  "names its layer while the networks load; then nothing moves at %i × %i",
  async ([width, height]) => {
    await page.viewport(width, height);
    const passages = new ScriptedPassages();
    passages.answers = false;
    draw(passages, {}, "", true);
    await expect.element(page.getByText("through B up to block 3")).toBeVisible();
    const places = (): unknown[] =>
      [".page-dialog", ".see-controls", ".see-sentence", ".passage-photo", ".image-picker"].map(
        (part) => document.querySelector(part)?.getBoundingClientRect().toJSON() as unknown,
      );
    const before = places();
    passages.answer(await passages.latest());
    await expect.element(sentence()).toHaveTextContent("Stitched after block 3");
    expect(places()).toEqual(before);
    expect(before).not.toContain(undefined);
  },
);

test("the penalty is shown while it is measured, and read out when it is complete", async () => {
  const passages = mount();
  await expect.element(sentence()).toHaveTextContent("Penalty +0.4");
  passages.answers = false;
  await page.getByText("Permutation", { exact: true }).click();
  await expect.element(page.getByText("Measuring the penalty…")).toBeVisible();
  await expect.element(sentence()).toHaveTextContent("");
  passages.listener?.penalty(penalty(0.25, 128), await passages.latest());
  await expect
    .element(page.getByText("Penalty +25.0 ± 1.0 points so far (128 of 512 test images)."))
    .toBeVisible();
});

test("the slider moves the stitch, and a rank never exceeds the channels of its layer", async () => {
  const passages = mount();
  await page.getByText("Rank 4", { exact: true }).click();
  const rank = page.getByRole("slider", { name: "k =" });
  await rank.fill("32");
  expect(passages.last).toMatchObject({ site: 3, stitch: { type: "low-rank", rank: 32 } });
  const depth = page.getByRole("slider", { name: "Stitched" });
  await depth.fill("0");
  expect(passages.last).toMatchObject({ site: 0, stitch: { type: "low-rank", rank: 16 } });
  (depth.element() as HTMLElement).focus();
  await userEvent.keyboard("{ArrowRight}");
  expect(passages.last?.site).toBe(1);
  await expect.element(depth).toHaveAttribute("aria-valuetext", "after block 1");
});

test("over a slide, ↓ and ↑ move the stitch and Page Down goes on with the slide", async () => {
  const passages = new ScriptedPassages();
  let closed = 0;
  draw(passages, { onClose: () => closed++ }, "?present");
  await expect.element(sentence()).toHaveTextContent("Stitched after block 3");
  await userEvent.keyboard("{ArrowDown}");
  await expect.element(sentence()).toHaveTextContent("Stitched after block 4");
  await userEvent.keyboard("{ArrowUp}{ArrowUp}");
  await expect.element(sentence()).toHaveTextContent("Stitched after block 2");
  expect(closed).toBe(0);
  await userEvent.keyboard("{PageDown}");
  expect(closed).toBe(1);
});

test("a trained stitch that is not here says how to get it; one that this browser has is used", async () => {
  const passages = mount();
  await expect.element(page.getByRole("radio", { name: "Trained" })).toBeDisabled();
  await expect.element(page.getByText("Trained: run the experiment to train it.")).toBeVisible();
  const values = new Float64Array(32 * 32);
  const bias = new Float64Array(32);
  passages.stored = { weight: values, bias };
  root.unmount();
  root = createRoot(element);
  draw(passages, {});
  await page.getByText("Trained", { exact: true }).click();
  expect(passages.last?.stitch).toEqual({ type: "trained", map: { weight: values, bias } });
});

const trainedSpec = { ...spec, protocol: "quick" as const, testImages: 10_000 };
const chart = withEvent(emptyResults, {
  type: "finished",
  report: report(trainedSpec, [
    { ...siteResult(3), penalty: 0.021, penaltyStandardError: 0.003 },
    siteResult(4),
  ]),
});

test("a trained curve opens with its trained stitch, and the chart's number is next to its own", async () => {
  const passages = new ScriptedPassages();
  passages.stored = { weight: new Float64Array(32 * 32), bias: new Float64Array(32) };
  draw(passages, { spec: trainedSpec, results: chart });
  await expect
    .element(sentence())
    .toHaveTextContent(
      /with the trained stitch, .* points on 512 test images. The chart has \+2\.1 ± 0\.3, on 10,000 images\.$/,
    );
  // No other kind is shown while it is looked up.
  expect(passages.asked.map(({ stitch }) => stitch.type)).toEqual(["trained"]);
  await page.getByText("No stitch", { exact: true }).click();
  await expect
    .element(sentence())
    .toHaveTextContent(
      "The chart has +2.1 ± 0.3, on 10,000 images, with its own stitch (trained).",
    );
});

test("a sparse curve opens with its trained stitch; a curve of larger kernels says why it has none", async () => {
  const of = (family: "sparse-0.1" | "kernel-3") => withFirstCurve(trainedSpec, { family });
  let passages = new ScriptedPassages();
  passages.stored = { weight: new Float64Array(32 * 32), bias: new Float64Array(32) };
  draw(passages, { spec: of("sparse-0.1") });
  await expect.poll(() => passages.last?.stitch.type).toBe("trained");
  root.unmount();
  root = createRoot(element);
  passages = mount({ spec: of("kernel-3") });
  await expect.poll(() => passages.last?.stitch.type).toBe("least-squares");
  await expect.element(page.getByText(/kernels also mix neighbouring positions/)).toBeVisible();
  root.unmount();
  root = createRoot(element);
  mount({ spec: of("sparse-0.1") });
  await expect.element(page.getByText("Trained: run the experiment to train it.")).toBeVisible();
});

test("a trained curve whose stitch is not here says that it shows another one", async () => {
  mount({ spec: trainedSpec, results: chart });
  await expect
    .element(sentence())
    .toHaveTextContent(/with the least-squares stitch, .* with its own stitch \(trained\)\.$/);
});

test("a test image that it is opened with enters B, also one after the first ones", async () => {
  const pixels = new Uint8Array(3072).fill(7);
  let passages = mount({ image: { index: 42, pixels, label: 2 } });
  await expect.poll(() => passages.last?.image).toEqual({ type: "test", index: 42 });
  const opened = page.getByRole("radio", { name: "bird, test image 43" });
  await expect.element(opened).toBeChecked();
  root.unmount();
  root = createRoot(element);
  passages = mount({ image: { index: 700, pixels, label: 2 } });
  await expect.poll(() => passages.last?.image).toEqual({ type: "own", pixels, label: 2 });
  await expect.element(sentence()).toHaveTextContent("for this bird");
  await expect.element(page.getByRole("radio", { name: "bird, test image 701" })).toBeChecked();
});

test("a focused channel lights its weights, and arrow keys go from channel to channel", async () => {
  mount();
  const channel = page.getByRole("option", { name: /^A’s channel 0/ });
  await expect
    .element(channel)
    .toHaveAccessibleName("A’s channel 0: from B’s channels 1 (+0.25), 0 (+0.5)");
  (channel.element() as HTMLElement).focus();
  await expect.poll(() => element.querySelectorAll(".ribbons .is-lit").length).toBe(2);
  await userEvent.keyboard("{ArrowDown}");
  await expect.element(page.getByRole("option", { name: /^A’s channel 1/ })).toHaveFocus();
  expect(element.querySelectorAll(".ribbons .is-negative.is-lit")).toHaveLength(1);
});

test("Play goes from the first layer to the last, and stops", async () => {
  const passages = mount({});
  await expect.element(sentence()).toHaveTextContent("block 3");
  // One bar alone has nothing to be compared with.
  expect(element.querySelectorAll(".depth-penalty")).toHaveLength(0);
  await page.getByRole("button", { name: "Play" }).click();
  await expect.element(page.getByRole("button", { name: "Stop" })).toBeVisible();
  await expect.poll(() => passages.last?.site, { timeout: 15_000 }).toBe(8);
  expect(element.querySelectorAll(".depth-penalty").length).toBeGreaterThan(1);
  await expect.element(page.getByRole("button", { name: "Play" })).toBeVisible();
  expect(passages.asked.map(({ site }) => site)).toEqual([3, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

test("another test image, and a picture of the visitor's own, enter B", async () => {
  const passages = mount();
  await page.getByRole("img", { name: "horse, test image 8" }).click();
  expect(passages.last?.image).toEqual({ type: "test", index: 7 });
  await userEvent.upload(page.getByLabelText("Your own image…"), await redPicture());
  await expect.poll(() => passages.last?.image.type).toBe("own");
  const image = passages.last?.image;
  if (image?.type !== "own") throw new Error("no image");
  expect(image.pixels).toHaveLength(3072);
  expect([...image.pixels.subarray(0, 3)]).toEqual([255, 0, 0]);
  await expect.element(sentence()).toHaveTextContent("for your image");
});

test("a picture that is dropped enters B, and the place for it shows that it takes it", async () => {
  const passages = mount();
  await expect.element(sentence()).toHaveTextContent("block 3");
  const place = element.querySelector(".image-picker");
  const given = new DataTransfer();
  given.items.add(await redPicture());
  const drag = (type: string): boolean =>
    place?.dispatchEvent(
      new DragEvent(type, { dataTransfer: given, bubbles: true, cancelable: true }),
    ) ?? true;
  // Taken, or the browser would open the file.
  expect(drag("dragover")).toBe(false);
  await expect.poll(() => place?.className).toBe("image-picker is-over");
  drag("dragleave");
  await expect.poll(() => place?.className).toBe("image-picker");
  expect(drag("drop")).toBe(false);
  await expect.poll(() => passages.last?.image.type).toBe("own");
  const image = passages.last?.image;
  expect(image?.type === "own" && [...image.pixels.subarray(0, 3)]).toEqual([255, 0, 0]);
  await expect.element(sentence()).toHaveTextContent("for your image");
  await expect.element(page.getByRole("radio", { name: "your image" })).toBeChecked();
});

test("a visitor who wants no motion gets new answers at once; Play still goes from layer to layer", async () => {
  const passages = mount();
  await expect.element(sentence()).toHaveTextContent("block 3");
  const moving = (): string[] =>
    [...element.querySelectorAll("*")]
      .filter((part) => parseFloat(getComputedStyle(part).transitionDuration) > 0)
      .map(({ tagName }) => tagName);
  expect(moving()).not.toEqual([]);
  await wantNoMotion(true);
  try {
    expect(moving()).toEqual([]);
    expect(element.getAnimations({ subtree: true })).toEqual([]);
    await page.getByRole("button", { name: "Play" }).click();
    await expect.poll(() => passages.last?.site, { timeout: 5_000 }).toBe(1);
    expect(element.getAnimations({ subtree: true })).toEqual([]);
    await page.getByRole("button", { name: "Stop" }).click();
  } finally {
    await wantNoMotion(false);
  }
});

test("a file that is no picture is refused in words", async () => {
  mount();
  const file = new File(["text"], "notes.png", { type: "image/png" });
  await userEvent.upload(page.getByLabelText("Your own image…"), file);
  await expect
    .element(page.getByRole("alert"))
    .toHaveTextContent("notes.png: expected a picture; found");
});

test("an error of the worker is shown, and the next question clears it", async () => {
  const passages = mount();
  await expect.element(sentence()).toHaveTextContent("block 3");
  passages.listener?.failed({
    code: "numerics",
    input: "least-squares stitch",
    expected: "a source representation that varies",
    found: "constant channels",
  });
  await expect.element(page.getByRole("alert")).toHaveTextContent("least-squares stitch");
  await page.getByText("No stitch", { exact: true }).click();
  await expect.element(page.getByRole("alert")).not.toBeInTheDocument();
});

test("the worker is stopped when the view closes", async () => {
  const passages = mount();
  await expect.element(sentence()).toHaveTextContent("block 3");
  root.render(null);
  await expect.poll(() => passages.closed).toBe(1);
});

/** A red square as a file. */
async function redPicture(): Promise<File> {
  const canvas = new OffscreenCanvas(80, 60);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.fillStyle = "#ff0000";
  context.fillRect(0, 0, 80, 60);
  return new File([await canvas.convertToBlob()], "red.png", { type: "image/png" });
}
