/** The exported SVG, read by a browser's own XML parser. */
import { expect, test } from "vitest";
import { zooManifestSchema } from "../../../../../src/core/nets/zoo-manifest";
import { recordedNames, type PresetName } from "../../../../../src/experiment/figures";
import { recordedSchema } from "../../../../../src/experiment/report";
import { fetchJson } from "../../../../../src/lab/engine/fetch-json";
import { cssColour, wordsColour } from "../../../../../src/lab/format/colour-roles";
import type { LayerAxis, LayerPlot } from "../../../../../src/lab/picture/plots/layer-plot";
import { penaltyPlot } from "../../../../../src/lab/picture/model/penalty-plot";
import { chartSvg } from "../../../../../src/lab/share/charts/svg/chart-svg";
import {
  figureSizes,
  type FigureSize,
  type SvgPicture,
} from "../../../../../src/lab/share/charts/figure-size";
import { pngOf } from "../../../../../src/lab/share/charts/chart-png";
import tokens from "../../../../../src/lab/ui/tokens.css?raw";
import { penaltyData, plotted } from "../../picture/plotted";
import {
  recordedPicture,
  type PictureChoices,
  type RecordedPicture,
} from "../../picture/recorded-picture";

const source = "https://lab.example/#v=3&bottom=a&top=b";
const { models } = await fetchJson(new URL("/zoo/manifest.json", location.href), zooManifestSchema);

async function figure(name: PresetName, choices?: PictureChoices): Promise<RecordedPicture> {
  const url = new URL(`/recorded/${name}.json`, location.href);
  const { report } = await fetchJson(url, recordedSchema);
  return recordedPicture(name, report, models, choices);
}

const seeds = await figure("seeds");

function drawn(
  plot: LayerPlot,
  axis: LayerAxis = seeds.axis,
  from = source,
  size: FigureSize = figureSizes.slide,
): SvgPicture {
  return chartSvg({ plots: [plot], axis, caption: "", source: from }, size);
}

function parsed({ text }: SvgPicture): Document {
  const file = new DOMParser().parseFromString(text, "image/svg+xml");
  expect(file.querySelector("parsererror")?.textContent).toBeUndefined();
  return file;
}

function wordsOf(file: Document): string[] {
  return [...file.querySelectorAll("text")].map(({ textContent }) => textContent);
}

/** Colours of the light theme by their names. */
const light = new Map(
  [...tokens.slice(0, tokens.indexOf("@media")).matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6})/g)].map(
    ([, name = "", colour = ""]) => [name, colour],
  ),
);

test.each(recordedNames)(
  "the files of %s have every curve with its name, on white",
  async (name) => {
    const { penalty, similarity, axis, curves } = await figure(name);
    for (const plot of [penalty, similarity]) {
      const picture = drawn(plot, axis);
      expect(picture.text.length).toBeLessThan(30_000);
      const file = parsed(picture);
      const words = wordsOf(file);
      expect(words[0]).toBe(`${plot.title}: ${plot.meaning}`);
      for (const curve of curves) expect(words).toContain(curve.name);
      for (const { name: label } of plot.labels) expect(words).toContain(label);
      for (const { text } of plot.ticks) expect(words).toContain(text);
      for (const { text } of plot.notes) expect(words.join(" ")).toContain(text);
      // Each name has its curve's colour, and a line that leads to it.
      for (const { colour } of [...plot.labels, ...(plot.strip?.labels ?? [])]) {
        const line = light.get(colour) ?? "";
        const ink = light.get(wordsColour(colour)) ?? "";
        expect(file.querySelector(`path[stroke="${line}"][stroke-width="1"]`)).not.toBeNull();
        expect(file.querySelector(`text[fill="${ink}"]`)).not.toBeNull();
      }
      expect(file.querySelector("svg > rect")?.getAttribute("fill")).toBe("#ffffff");
    }
  },
);

test("the file of the path names both networks outside of the layers, and its curve reaches both edges", async () => {
  const { penalty, axis } = await figure("seeds", { path: true });
  const file = parsed(drawn(penalty, axis));
  const named = (name: string): number =>
    Number(
      [...file.querySelectorAll("text")]
        .find(({ textContent }) => textContent === name)
        ?.getAttribute("x"),
    );
  const layers = axis.names.map(({ text }) => named(text));
  expect(named("A")).toBeLessThan(Math.min(...layers));
  expect(named("B")).toBeGreaterThan(Math.max(...layers));
  const main = penalty.curves.at(-1);
  const dots = [...file.querySelectorAll("circle")].slice(-(main?.points.length ?? 0) - 2);
  const across = dots.map((dot) => Number(dot.getAttribute("cx")));
  expect(across).toEqual(across.toSorted((a, b) => a - b));
  const slot = (across[2] ?? NaN) - (across[1] ?? NaN);
  expect((across[1] ?? NaN) - (across[0] ?? NaN)).toBeCloseTo(slot / 2, 0);
  expect((across.at(-1) ?? NaN) - (across.at(-2) ?? NaN)).toBeCloseTo(slot / 2, 0);
});

test("the file has title, layers and source", () => {
  const file = parsed(drawn(seeds.penalty));
  expect(file.querySelector("title")?.textContent).toBe(seeds.penalty.title);
  expect(file.querySelector("desc")?.textContent).toBe(source);
  const words = wordsOf(file);
  expect(words).toContain(source);
  expect(words).toContain("Stitched after layer, from input to output");
  for (const { text } of seeds.axis.names) expect(words).toContain(text);
});

test("the main curve's points are where two ticks of each axis put their numbers", () => {
  const { penalty } = seeds;
  const file = parsed(drawn(penalty));
  const place = (text: string, name: "x" | "y"): number =>
    Number(
      [...file.querySelectorAll("text")]
        .find(({ textContent }) => textContent === text)
        ?.getAttribute(name),
    );
  const points = penalty.curves.at(-1)?.points ?? [];
  const { names } = seeds.axis;
  const [left, right] = [place(names[0]?.text ?? "", "x"), place(names.at(-1)?.text ?? "", "x")];
  const high = penalty.ticks.at(-1);
  const [low, top] = [place("0", "y"), place(high?.text ?? "", "y")];
  // A value's letters stand a little below its line.
  const drop = 4.5;
  const dots = [...file.querySelectorAll(`circle[fill="${light.get("stitch") ?? ""}"]`)];
  expect(dots).toHaveLength(points.length);
  for (const [at, dot] of dots.entries()) {
    const x = left + (at * (right - left)) / (points.length - 1);
    const y = low - drop + ((points[at]?.value ?? NaN) / (high?.value ?? NaN)) * (top - low);
    expect(Number(dot.getAttribute("cx"))).toBeCloseTo(x, 0);
    expect(Number(dot.getAttribute("cy"))).toBeCloseTo(y, 0);
  }
});

test("every curve's line has its own colour and dashes, as on the page", () => {
  const file = parsed(drawn(seeds.penalty));
  for (const { look, points } of seeds.penalty.curves) {
    const line = file.querySelector(
      `path[fill="none"][stroke="${light.get(look.colour) ?? ""}"][stroke-width="${look.width}"]${
        look.dashes === undefined ? "" : `[stroke-dasharray="${look.dashes}"]`
      }`,
    );
    expect(line?.getAttribute("d")?.match(/[ML]/g)).toHaveLength(points.length);
  }
});

test("a control off the scale is in the file, on a strip with its values", () => {
  const { strip } = seeds.penalty;
  const file = parsed(drawn(seeds.penalty));
  const words = wordsOf(file);
  expect(strip?.labels.map(({ name }) => name)).toEqual(["untrained"]);
  for (const { value } of strip?.curves[0]?.points ?? []) {
    expect(words).toContain(String(Math.round(value ?? NaN)));
  }
  expect(words.join(" ")).toMatch(/own scale 0 to \d+/);
});

test("a hidden curve is neither drawn nor named", async () => {
  const { penalty, similarity } = await figure("seeds", { hidden: new Set([2]) });
  for (const plot of [penalty, similarity]) {
    const { text } = drawn(plot);
    expect(text).not.toContain("a third seed");
    expect(text).not.toContain(light.get("curve-1"));
  }
});

test("a gap in a curve is a gap in its line and its ribbon", () => {
  const plot = penaltyPlot(penaltyData([plotted(0, [0.1, 0.2, null, 0.1, 0.3])]));
  const file = parsed(drawn(plot, { slots: 5, names: [] }));
  const line = file.querySelector('path[fill="none"][stroke-width="3"]')?.getAttribute("d");
  expect(line?.match(/[ML]/g)?.join("")).toBe("MLML");
  expect(file.querySelectorAll("circle")).toHaveLength(4);
  const ribbon = file.querySelector('path[fill-opacity="0.18"]')?.getAttribute("d");
  expect(ribbon?.match(/M/g)).toHaveLength(2);
});

test("values above the scale are written at its edge, and their lines end there", () => {
  const curves = [plotted(0, [0.01, 0.02, 0.03]), plotted(1, [0.01, 0.6, 0.03])];
  const plot = penaltyPlot(penaltyData(curves, { highest: 5 }));
  const file = parsed(drawn(plot, { slots: 3, names: [] }));
  expect(wordsOf(file).join(" ")).toContain("▲ +60.0");
  // Only what leaves the scale is in a frame of its own.
  expect(file.querySelectorAll("svg > svg")).toHaveLength(1);
});

test("names with XML markup or forbidden characters leave a valid file", () => {
  const name = '<a href="x">&amp; ]]> \u0007“é” 😀';
  const { penalty } = seeds;
  const labels = penalty.labels.map((label) => ({ ...label, name }));
  const file = parsed(drawn({ ...penalty, title: name, labels }, seeds.axis, name));
  expect(file.querySelector("title")?.textContent).toBe(name.replace("\u0007", ""));
  expect(wordsOf(file)).toContain(name.replace("\u0007", ""));
  expect(file.querySelectorAll("a, script")).toHaveLength(0);
});

test("a file has the light theme's colours, whatever the page's theme", () => {
  const { text } = drawn(seeds.penalty);
  expect(text).not.toMatch(/var\(--|style=|class=|href=/);
  const used = [...text.matchAll(/#[0-9a-f]{6}/g)].map(([colour]) => colour);
  for (const colour of used) expect([...light.values()]).toContain(colour);
  for (const { look } of seeds.penalty.curves) {
    expect(cssColour(look.colour)).toBe(`var(--${look.colour})`);
    expect(used).toContain(light.get(look.colour));
  }
});

const sizes = Object.values(figureSizes);

test.each(sizes)("all text fits into the picture: $label", async (size) => {
  const { penalty, similarity, axis } = await figure("deeper");
  for (const plot of [penalty, similarity]) {
    const { text } = drawn(plot, axis, `${source}${"&x=y".repeat(80)}`, size);
    const place = document.body.appendChild(document.createElement("div"));
    place.innerHTML = text;
    const frame = place.querySelector("svg")?.getBoundingClientRect();
    for (const words of place.querySelectorAll("text")) {
      const box = words.getBoundingClientRect();
      expect(box.left).toBeGreaterThanOrEqual(frame?.left ?? NaN);
      expect(box.right).toBeLessThanOrEqual(frame?.right ?? NaN);
      expect(box.bottom).toBeLessThanOrEqual(frame?.bottom ?? NaN);
    }
    place.remove();
  }
});

test("a long name is cut, and leaves the plot its room", () => {
  const name = "a-network-of-mine-".repeat(20);
  const long = penaltyPlot(penaltyData([plotted(0, [0.1, 0.2], { name })]));
  const file = parsed(drawn({ ...long, notes: [] }, { slots: 2, names: [] }));
  const label = wordsOf(file).filter((words) => words.includes("network"));
  expect(label).toHaveLength(2);
  expect(label[1]?.endsWith("…")).toBe(true);
  const [left = NaN, right = NaN] = [...file.querySelectorAll("circle")].map((dot) =>
    Number(dot.getAttribute("cx")),
  );
  expect(right - left).toBeGreaterThan(300);
});

test("a PNG has twice the picture's pixels, on white", async () => {
  const picture = drawn(seeds.penalty);
  const bitmap = await createImageBitmap(await pngOf(picture));
  expect([bitmap.width, bitmap.height]).toEqual([2 * picture.width, 2 * picture.height]);
  const canvas = new OffscreenCanvas(1, 1).getContext("2d");
  canvas?.drawImage(bitmap, 0, 0);
  expect([...(canvas?.getImageData(0, 0, 1, 1).data ?? [])]).toEqual([255, 255, 255, 255]);
});

test("a plot without values still has its axes", () => {
  const nothing = penaltyPlot(penaltyData([plotted(0, [null, null, null])]));
  expect(drawn(nothing, { slots: 3, names: [] }).text).not.toMatch(/NaN|undefined|Infinity/);
});
