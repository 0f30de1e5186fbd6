/** The picture of a recorded figure: what the pointer and the keyboard do. */
import { useState, type ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { page, userEvent, type Locator } from "vitest/browser";
import { zooManifestSchema } from "../../../../src/core/nets/zoo-manifest";
import type { StitchRef } from "../../../../src/engine/host/inspect";
import { errorOfBottom, recordedSchema } from "../../../../src/experiment/report";
import { fetchJson } from "../../../../src/lab/engine/fetch-json";
import {
  slotPercent,
  valuePercent,
  type LayerPlot,
} from "../../../../src/lab/picture/plots/layer-plot";
import { PictureStage } from "../../../../src/lab/picture/PictureStage";
import { emptyResults, withEvent } from "../../../../src/lab/session/results/results";
import { createSession } from "../../../../src/lab/session/session";
import { rememberedRun, ScriptedEngine, TypedBar } from "../fakes";
import { createViewStore } from "../../../../src/lab/view/view-store";
import { InspectContext, LayerContext } from "../../../../src/lab/view/result-contexts";
import { ServicesContext, useViewState, type AppServices } from "../../../../src/lab/view/services";
import { recordedPicture } from "./recorded-picture";
import "../../../../src/lab/app/styles";

const { models } = await fetchJson(new URL("/zoo/manifest.json", location.href), zooManifestSchema);
const { report } = await fetchJson(new URL("/recorded/seeds.json", location.href), recordedSchema);
const results = withEvent(emptyResults, { type: "finished", report });
const { penalty, axis } = recordedPicture("seeds", report, models);

/** Stitches that were to be inspected. */
let inspected: StitchRef[] = [];

/** Holds what the page holds. */
function Stage(): ReactNode {
  const [main, follow] = useState(0);
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set());
  const [layer, choose] = useState(3);
  const [pointed, pointAt] = useState<number | null>(null);
  const { oneScale, path } = useViewState().view;
  const { curves, ...model } = recordedPicture("seeds", report, models, {
    main,
    hidden,
    oneScale,
    path,
  });
  return (
    <LayerContext value={{ layer: pointed ?? layer, choose, pointAt }}>
      <InspectContext value={(stitch) => inspected.push(stitch)}>
        <PictureStage
          {...{ model, curves, results, models, hidden }}
          spec={report.spec}
          recorded={null}
          similarityLater={false}
          lookFor={null}
          picker={<input aria-label="a field" />}
          plots
          loading={false}
          onFollow={follow}
          onHide={(curve, hide) => setHidden(new Set(hide ? [curve] : []))}
        />
        <output>chosen: {layer}</output>
      </InspectContext>
    </LayerContext>
  );
}

/** Of the view of the stitch, which only has to open. */
const engine = {
  openPassages: () => new Promise(() => undefined),
  passageImages: () => new Promise(() => undefined),
};

let root: Root;
beforeEach(async () => {
  inspected = [];
  await page.viewport(1440, 900);
  let query = "";
  const views = createViewStore({
    query: () => query,
    replaceQuery: (next) => {
      query = next;
    },
  });
  root = createRoot(document.body.appendChild(document.createElement("div")));
  const session = createSession(new ScriptedEngine(), new TypedBar(), rememberedRun(null));
  root.render(
    // The picture uses no other service.
    <ServicesContext value={{ views, session, engine, opening: null } as unknown as AppServices}>
      <Stage />
    </ServicesContext>,
  );
  await expect.element(slider).toBeVisible();
  // Off the picture.
  await userEvent.hover(document.querySelector("output") ?? document.body);
});
afterEach(() => {
  root.unmount();
  document.body.replaceChildren();
});

const slider = page.getByRole("slider", { name: "Stitched after layer" });
const chosen = page.getByRole("status");
const sentence = page.getByText(/^An image goes through/);

/** A curve's name next to the plot of penalties, or next to the strip above it. */
function nameOf(curve: string): Locator {
  return page.getByRole("button", { name: new RegExp(`^${curve}`) }).first();
}

/** @param where selects the plot that the place is in */
async function press(
  where: string,
  at: number,
  value: number,
  domain: LayerPlot["domain"],
): Promise<void> {
  const inner = document.querySelector<HTMLElement>(`${where} .plot-inner`);
  const plot = inner?.parentElement;
  if (!plot) throw new Error(`no ${where}`);
  const x = inner.offsetLeft + (slotPercent(at, axis) / 100) * inner.offsetWidth;
  const y = inner.offsetTop + (valuePercent(value, domain) / 100) * inner.offsetHeight;
  await page.elementLocator(plot).click({ position: { x, y } });
}

test("a press on a name puts that curve in front, and the stitch stays where it is", async () => {
  await expect.element(sentence).toHaveTextContent("ResNet-18, seed 1");
  const third = nameOf("a third seed");
  await expect.element(third).toHaveAttribute("aria-pressed", "false");
  await third.click();
  await expect.element(nameOf("a third seed")).toHaveAttribute("aria-pressed", "true");
  await expect.element(nameOf("another seed")).toHaveAttribute("aria-pressed", "false");
  await expect.element(sentence).toHaveTextContent("ResNet-18, seed 2");
  await expect.element(chosen).toHaveTextContent("chosen: 3");
  await expect.element(slider).toHaveAttribute("aria-valuenow", "4");
  expect(inspected).toEqual([]);
});

test("a press on the cross next to a name hides the curve, and another one brings it back", async () => {
  await page.getByRole("button", { name: "Hide a third seed" }).first().click();
  await expect.poll(() => nameOf("a third seed").elements()).toHaveLength(0);
  await page.getByRole("button", { name: "Show a third seed" }).click();
  await expect.element(nameOf("a third seed")).toBeVisible();
  await expect.element(chosen).toHaveTextContent("chosen: 3");
});

test("pointing at a name fades the other curves", async () => {
  await nameOf("a third seed").hover();
  const faded = (): number => document.querySelectorAll(".plot-penalty .plot-curve.faded").length;
  await expect.poll(faded).toBe(penalty.curves.length - 1);
  await userEvent.hover(document.querySelector("output") ?? document.body);
  await expect.poll(faded).toBe(0);
});

test("a press on a dot opens the inspector of its curve and layer", async () => {
  const shown = penalty.curves.find(({ name }) => name === "Vision Transformers");
  const point = shown?.points[2];
  await press(".plot-penalty", point?.at ?? NaN, point?.value ?? NaN, penalty.domain);
  expect(inspected).toEqual([{ curve: shown?.index, site: point?.site }]);
});

test("so does a press on a dot of the strip", async () => {
  const { strip } = penalty;
  const curve = strip?.curves[0];
  const point = curve?.points[6];
  if (!strip) throw new Error("no strip");
  await press(".plot-strip", point?.at ?? NaN, point?.value ?? NaN, strip.domain);
  expect(inspected).toEqual([{ curve: curve?.index, site: point?.site }]);
});

test("a press next to the dots moves the stitch there", async () => {
  await press(".plot-penalty", 6, penalty.domain[1] - 0.2, penalty.domain);
  await expect.element(chosen).toHaveTextContent("chosen: 6");
  expect(inspected).toEqual([]);
});

test("pointing at drawing or plots moves the stitch for as long as one points", async () => {
  for (const part of [".drawing", ".plot-penalty", ".plot-similarity"]) {
    const inner = document.querySelector<HTMLElement>(`${part} .plot-inner`);
    if (!inner) throw new Error(`no ${part}`);
    const x = (slotPercent(7, axis) / 100) * inner.offsetWidth;
    await page.elementLocator(inner).hover({ position: { x, y: 8 } });
    await expect.element(slider).toHaveAttribute("aria-valuenow", "8");
    await userEvent.hover(document.querySelector("output") ?? document.body);
    await expect.element(slider).toHaveAttribute("aria-valuenow", "4");
  }
  await expect.element(chosen).toHaveTextContent("chosen: 3");
});

test("arrow keys, Home and End move the stitch, and no further than the ends", async () => {
  slider.element().focus();
  const at = async (key: string, layer: number): Promise<void> => {
    await userEvent.keyboard(`{${key}}`);
    await expect.element(chosen).toHaveTextContent(`chosen: ${layer}`);
    await expect.element(slider).toHaveAttribute("aria-valuenow", String(layer + 1));
  };
  await at("ArrowRight", 4);
  await at("ArrowUp", 5);
  await at("ArrowLeft", 4);
  await at("ArrowDown", 3);
  await at("End", 8);
  await at("ArrowRight", 8);
  await at("Home", 0);
  await at("ArrowLeft", 0);
  await expect
    .element(slider)
    .toHaveAttribute(
      "aria-valuetext",
      expect.stringMatching(
        /^stem\. (Extra error: |Error drops by ).* points\. Similarity \d\.\d{3}\.$/,
      ),
    );
});

test("Enter on the stitch opens its inspector", async () => {
  slider.element().focus();
  await userEvent.keyboard("{Enter}");
  expect(inspected).toEqual([{ curve: 0, site: 3 }]);
});

/** Presses a switch in the menu of the plot of penalties. */
async function pressInView(name: string): Promise<void> {
  await page.getByText("View", { exact: true }).click();
  await page.getByRole("button", { name, exact: true }).click();
}

test("“One scale” puts the control on the scale of the others, and back", async () => {
  const strips = (): number => document.querySelectorAll(".plot-strip").length;
  expect(strips()).toBe(1);
  await pressInView("One scale");
  await expect.poll(strips).toBe(0);
  const toggle = page.getByText("One scale");
  await expect.element(toggle).toHaveAttribute("aria-pressed", "true");
  await pressInView("One scale");
  await expect.poll(strips).toBe(1);
});

test("“Path from A to B” shows errors with both networks at the ends, and back to penalties", async () => {
  const toggle = page.getByText("Path from A to B", { exact: true });
  const ends = (): readonly (string | null)[] =>
    [...document.querySelectorAll(".axis-end")].map(({ textContent }) => textContent);
  const dots = (): number =>
    [...document.querySelectorAll(".plot-penalty .plot-curve")]
      .at(-1)
      ?.querySelector(".plot-dots")
      ?.getAttribute("d")
      ?.match(/M/g)?.length ?? 0;
  const { top, sites } = report.curves[0];
  const bottom = errorOfBottom(report.curves[0].bottom) ?? top;
  expect(ends()).toEqual([]);
  expect(dots()).toBe(sites.length);
  await pressInView("Path from A to B");
  await expect.element(toggle).toHaveAttribute("aria-pressed", "true");
  await expect
    .element(page.getByRole("heading", { name: /^Test error on the path/ }))
    .toBeVisible();
  expect(ends()).toEqual(["A", "B"]);
  expect(dots()).toBe(sites.length + 2);
  const text = (error: number): string => (100 * error).toFixed(1);
  await expect.element(nameOf("another seed")).toHaveTextContent(text(sites[3]?.testError ?? NaN));
  for (const [name, { testError }] of [
    ["A", top],
    ["B", bottom],
  ] as const) {
    const line = page.getByText(`${name} alone: ${text(testError)}% wrong`);
    await expect.element(line.first()).toBeVisible();
  }
  await pressInView("Path from A to B");
  await expect.element(page.getByRole("heading", { name: "Stitching penalty" })).toBeVisible();
  expect(ends()).toEqual([]);
});

test("at the layer in view, each name has its penalty", async () => {
  const { sites } = report.curves[0];
  const value = (100 * (sites[3]?.penalty ?? NaN)).toFixed(1);
  await expect.element(nameOf("another seed")).toHaveTextContent(`+${value} ± `);
});

test("the main curve has a ribbon of one standard error", () => {
  const [ribbon, ...more] = document.querySelectorAll<SVGPathElement>(".plot-ribbon");
  expect(more).toEqual([]);
  expect(ribbon && getComputedStyle(ribbon).fill).toMatch(/^rgb/);
  expect(ribbon?.getBBox().height).toBeGreaterThan(5);
});

test("at the layer in view, every other curve has its standard error, and none at another layer", async () => {
  const whiskers = (): readonly Element[] => [
    ...document.querySelectorAll(".plot-penalty .plot-whiskers line"),
  ];
  const inner = document.querySelector(".plot-penalty .plot-inner");
  if (!inner) throw new Error("no plot");
  const pixels = (points: number): number =>
    (inner.clientHeight * points) / (penalty.domain[1] - penalty.domain[0]);
  const expected = (layer: number): readonly number[] =>
    penalty.curves
      .filter(({ ribbon, marker }) => !ribbon && marker === "dot")
      .map(({ points }) => {
        const nearest = points.reduce((a, b) =>
          Math.abs(b.at - layer) < Math.abs(a.at - layer) ? b : a,
        );
        return pixels(2 * (nearest.standardError ?? NaN));
      });
  const heights = (): readonly number[] =>
    whiskers().map((line) => line.getBoundingClientRect().height);
  expect(heights()).toHaveLength(3);
  heights().forEach((height, k) => expect(height).toBeCloseTo(expected(3)[k] ?? NaN, 0));
  // The control's, on its strip.
  expect(document.querySelectorAll(".plot-strip .plot-whiskers line")).toHaveLength(1);
  slider.element().focus();
  await userEvent.keyboard("{End}");
  await expect.element(chosen).toHaveTextContent("chosen: 8");
  heights().forEach((height, k) => expect(height).toBeCloseTo(expected(8)[k] ?? NaN, 0));
  const [x] = whiskers().map((line) => line.getBoundingClientRect().x);
  const { left, width } = inner.getBoundingClientRect();
  expect(x).toBeCloseTo(left + (width * slotPercent(8, axis)) / 100, 0);
});

test("no name at the plots lies on another", () => {
  const places = [".plot-strip", ".plot-penalty", ".plot-similarity"].flatMap((part) => [
    ...document.querySelectorAll(`${part} .plot-label`),
  ]);
  const boxes = places
    .map((label) => label.getBoundingClientRect())
    .toSorted((a, b) => a.top - b.top);
  expect(boxes.length).toBeGreaterThan(8);
  boxes.slice(1).forEach((box, before) => {
    expect(box.top).toBeGreaterThanOrEqual((boxes[before]?.bottom ?? NaN) - 1);
  });
});

test("words at a point stand in the plot, or below it on a narrow screen, and once", async () => {
  const shown = (selector: string): readonly string[] =>
    [...document.querySelectorAll<HTMLElement>(selector)]
      .filter((note) => note.checkVisibility())
      .map((note) => note.textContent);
  const notes = shown(".plot-note");
  expect(notes).toHaveLength(2);
  expect(shown(".note-line")).toEqual([]);
  await page.viewport(390, 844);
  expect(shown(".plot-note")).toEqual([]);
  expect(shown(".note-line")).toEqual(notes);
});

test("a control that is far off the scale is a curve with values, and triangles where the picture is narrow", async () => {
  const shown = (selector: string): readonly HTMLElement[] =>
    [...document.querySelectorAll<HTMLElement>(selector)].filter((part) => part.checkVisibility());
  const values = penalty.strip?.curves[0]?.points.map(({ value }) =>
    String(Math.round(value ?? NaN)),
  );
  expect(values).toHaveLength(9);
  expect(shown(".plot-strip-value").map(({ textContent }) => textContent)).toEqual(values);
  expect(shown(".strip-triangle")).toEqual([]);
  for (const [width, triangles] of [
    [540, false],
    [500, true],
    [390, true],
  ] as const) {
    await page.viewport(width, 844);
    expect(shown(".plot-strip").length, `curve at ${width}`).toBe(triangles ? 0 : 1);
    expect(shown(".strip-triangle").length, `triangles at ${width}`).toBe(triangles ? 9 : 0);
  }
  expect(shown(".strip-triangle").map(({ textContent }) => textContent)).toEqual(
    values?.map((value) => `▲${value}`),
  );
  expect(shown(".strip-name").map(({ textContent }) => textContent)).toEqual([
    "untrained, off the scale",
  ]);
  // Each in the slot of its layer, and none on its neighbour.
  const boxes = shown(".strip-triangle").map((part) => part.getBoundingClientRect());
  const names = shown(".axis-name").map((part) => part.getBoundingClientRect());
  boxes.forEach((box, place) => {
    const name = names[place];
    expect(box.left + box.width / 2).toBeCloseTo((name?.left ?? NaN) + (name?.width ?? NaN) / 2, 0);
    expect(box.left).toBeGreaterThanOrEqual(boxes[place - 1]?.right ?? 0);
  });
  await userEvent.click(shown(".strip-triangle")[4] ?? document.body);
  expect(inspected).toEqual([{ curve: penalty.strip?.curves[0]?.index, site: 4 }]);
});

test("on a narrow screen the list of curves names the least-squares one, with its value", async () => {
  await page.viewport(390, 844);
  const list = document.querySelector<HTMLElement>(".curve-list");
  if (!list) throw new Error("no list of curves");
  await expect.element(page.elementLocator(list).getByText("least squares")).toBeVisible();
  const label = penalty.labels.find(({ name }) => name === "least squares");
  expect(list.textContent).toContain(label?.valueAt?.get(3) ?? "no value");
});

/** Places on the curves, close together, that lie under words at a point. */
function coveredPlaces(): number {
  const notes = [...document.querySelectorAll(".plot-penalty .plot-note")];
  const inner = document.querySelector(".plot-penalty .plot-inner")?.getBoundingClientRect();
  if (!inner || notes.length === 0) return NaN;
  const places = penalty.curves.flatMap(({ points }) =>
    points.flatMap((to, place) => {
      const from = points[place - 1] ?? to;
      if (from.value === null || to.value === null) return [];
      const [x, after] = [slotPercent(from.at, axis), slotPercent(to.at, axis)];
      const y = valuePercent(from.value, penalty.domain);
      const below = valuePercent(to.value, penalty.domain);
      return Array.from({ length: 101 }, (_, part) => ({
        x: inner.left + (inner.width / 100) * (x + (part / 100) * (after - x)),
        y: inner.top + (inner.height / 100) * (y + (part / 100) * (below - y)),
      }));
    }),
  );
  return notes.flatMap((note) => {
    const { left, right, top, bottom } = note.getBoundingClientRect();
    return places.filter(({ x, y }) => x > left && x < right && y > top && y < bottom);
  }).length;
}

// In a browser, since it is about how wide letters are drawn.
test.each([1440, 900, 800])(
  "in a window of %d pixels the words at a point lie on no curve",
  async (width) => {
    await page.viewport(width, 900);
    await expect.poll(coveredPlaces).toBe(0);
  },
);

const stitchView = page.getByRole("dialog", { name: "What the stitch does" });
const stitchedAfter = stitchView.getByRole("slider", { name: "Stitched" });

test("a press on the stitch in the drawing shows what it does; a drag moves it", async () => {
  const handle = page.elementLocator(
    document.querySelector(".stitch-handle > rect") ?? slider.element(),
  );
  const plot = page.elementLocator(document.querySelector(".drawing .plot-inner") ?? document.body);
  const { width, height } = plot.element().getBoundingClientRect();
  await userEvent.dragAndDrop(handle, plot, { targetPosition: { x: width - 10, y: height / 2 } });
  await expect.element(chosen).toHaveTextContent("chosen: 8");
  await expect.element(stitchView).not.toBeInTheDocument();
  await handle.click();
  await expect.element(stitchView).toBeVisible();
  await expect.element(stitchedAfter).toHaveAttribute("aria-valuetext", "after block 8");
});

test("S shows the stitch of the layer that is pointed at, and not while somebody types", async () => {
  await page.getByLabelText("a field").fill("x");
  await userEvent.keyboard("s");
  await expect.element(page.getByLabelText("a field")).toHaveValue("xs");
  await expect.element(stitchView).not.toBeInTheDocument();
  (page.getByLabelText("a field").element() as HTMLElement).blur();
  const inner = document.querySelector<HTMLElement>(".plot-penalty .plot-inner");
  if (!inner) throw new Error("no plot");
  const x = (slotPercent(7, axis) / 100) * inner.offsetWidth;
  await page.elementLocator(inner).hover({ position: { x, y: 8 } });
  await userEvent.keyboard("s");
  await expect.element(stitchedAfter).toHaveAttribute("aria-valuetext", "after block 7");
  // The pointer now lies on the view.
  await userEvent.hover(stitchView.getByRole("heading"));
  await expect.element(stitchedAfter).toHaveAttribute("aria-valuetext", "after block 7");
  await userEvent.keyboard("{Escape}");
  await expect.element(stitchView).not.toBeInTheDocument();
  await expect.element(chosen).toHaveTextContent("chosen: 7");
});
