/** The exported SVG, read by a browser's own XML parser. */
import { expect, test } from "vitest";
import { recordedSchema } from "../../../../src/experiment/report";
import {
  classPenaltyChart,
  spectrumChart,
} from "../../../../src/lab/inspector/charts/descriptions";
import { penaltyChart } from "../../../../src/lab/results/charts/penalty-description";
import { chartSvg } from "../../../../src/lab/share/chart-svg";
import { pngOf } from "../../../../src/lab/share/chart-png";
import tokens from "../../../../src/lab/ui/tokens.css?raw";
import { curveName, recordedCharts } from "../recorded";

const seeds: unknown = await (await fetch("/recorded/seeds.json")).json();
const { report } = recordedSchema.parse(seeds);
const charts = recordedCharts(report);
const source = "https://lab.example/#v=2&bottom=a&top=b";

function parsed(text: string): Document {
  const file = new DOMParser().parseFromString(text, "image/svg+xml");
  expect(file.querySelector("parsererror")?.textContent).toBeUndefined();
  return file;
}

function wordsOf(file: Document): string[] {
  return [...file.querySelectorAll("text")].map(({ textContent }) => textContent);
}

test("both legends name every curve", () => {
  for (const chart of [charts.penalty, charts.similarity]) {
    const file = parsed(chartSvg(chart, source).text);
    const all = wordsOf(file).join(" ");
    for (const curve of report.curves.keys()) {
      // Names at the curves' ends are broken into lines elsewhere; a legend's is whole.
      expect(all).toContain(curveName(report, curve));
    }
    for (const { name } of chart.legend) expect(all).toContain(name);
    expect(all).toContain(chart.title);
    expect(all).toContain(source);
    for (const { text } of chart.x.ticks) expect(wordsOf(file)).toContain(text);
  }
});

test("the first curve's points are where two ticks of each axis put their numbers", () => {
  const { penalty } = charts;
  const file = parsed(chartSvg(penalty, source).text);
  const place = (text: string, name: "x" | "y"): number =>
    Number(
      [...file.querySelectorAll("text")]
        .find(({ textContent }) => textContent === text)
        ?.getAttribute(name),
    );
  const sites = report.curves[0].sites;
  const [left, right] = [place("stem", "x"), place(sites.at(-1)?.name ?? "", "x")];
  const topTick = penalty.y.ticks.at(-1) ?? { at: NaN, text: "" };
  const [zero, high] = [place("0", "y"), place(topTick.text, "y")];
  // A value's letters stand a little below its line.
  const drop = 4.5;
  const dots = [...file.querySelectorAll('circle[fill="#0f766e"]')];
  expect(dots).toHaveLength(sites.length);
  for (const [at, dot] of dots.entries()) {
    const x = left + (at * (right - left)) / (sites.length - 1);
    const y = zero - drop + ((100 * (sites[at]?.penalty ?? NaN)) / topTick.at) * (high - zero);
    expect(Number(dot.getAttribute("cx"))).toBeCloseTo(x, 1);
    expect(Number(dot.getAttribute("cy"))).toBeCloseTo(y, 1);
  }
});

test("every other curve's line is drawn in its own hue", () => {
  const file = parsed(chartSvg(charts.penalty, source).text);
  for (const hue of ["#7c3aed", "#be185d"].slice(0, report.curves.length - 1)) {
    const line = file.querySelector(`path[fill="none"][stroke="${hue}"][stroke-width="2"]`);
    expect(line?.getAttribute("d")?.match(/[ML]/g)).toHaveLength(
      report.curves[1]?.sites.length ?? 0,
    );
  }
});

test("a hidden curve is neither drawn nor named", () => {
  const out = curveName(report, report.curves.length - 1);
  const { penalty } = recordedCharts(report, new Set([out]));
  expect(wordsOf(parsed(chartSvg(penalty, source).text)).join(" ")).not.toContain(out);
});

test("bars reach from zero to their value, and an area goes down to zero", () => {
  const bars = [
    { name: "cat", penalty: 10 },
    { name: "dog", penalty: -5 },
  ];
  const file = parsed(chartSvg(classPenaltyChart(bars, 2.5), source).text);
  const [cat, dog] = [...file.querySelectorAll('rect[fill="#0f766e"]')].map((bar) => ({
    x: Number(bar.getAttribute("x")),
    width: Number(bar.getAttribute("width")),
    y: Number(bar.getAttribute("y")),
  }));
  if (!cat || !dog) throw new Error("no bars");
  expect(cat.width).toBeCloseTo(2 * dog.width, 1);
  expect(dog.x + dog.width).toBeCloseTo(cat.x, 1);
  expect(cat.y).toBeLessThan(dog.y);
  const area = parsed(chartSvg(spectrumChart([3, 2, 1], 2.5), source).text);
  expect(area.querySelectorAll('path[fill-opacity="0.15"]')).toHaveLength(1);
  expect(wordsOf(area)).toContain("effective rank");
});

test("names with XML markup or forbidden characters leave a valid file", () => {
  const name = '<a href="x">&amp; ]]> \u0007“é” 😀';
  const { penalty } = charts;
  const odd = { ...penalty, title: name, legend: penalty.legend.map((e) => ({ ...e, name })) };
  const file = parsed(chartSvg(odd, name).text);
  expect(file.querySelector("title")?.textContent).toBe(name.replace("\u0007", ""));
  expect(file.querySelectorAll("a, script")).toHaveLength(0);
});

test("a file has the light theme's colours, whatever the page's theme", () => {
  const { text } = chartSvg(charts.penalty, source);
  expect(text).not.toMatch(/var\(--|style=|class=|href=/);
  const light = new Map(
    [...tokens.slice(0, tokens.indexOf("@media")).matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6})/g)].map(
      ([, name = "", colour = ""]) => [name, colour],
    ),
  );
  const file = parsed(text);
  expect(file.querySelector("svg > rect")?.getAttribute("fill")).toBe(light.get("surface"));
  expect(file.querySelector("svg > text")?.getAttribute("fill")).toBe(light.get("ink"));
  const used = [...text.matchAll(/#[0-9a-f]{6}/g)].map(([colour]) => colour);
  for (const colour of used) expect([...light.values()]).toContain(colour);
  for (const { look } of charts.penalty.series) expect(used).toContain(light.get(look.colour));
});

test("all text fits into the picture, however long the address is", () => {
  for (const chart of [charts.penalty, charts.similarity]) {
    const { text, width, height } = chartSvg(chart, `${source}${"&x=y".repeat(80)}`);
    const place = document.body.appendChild(document.createElement("div"));
    place.innerHTML = text;
    const frame = place.querySelector("svg")?.getBoundingClientRect();
    expect(frame).toMatchObject({ width, height });
    for (const words of place.querySelectorAll("text")) {
      const box = words.getBoundingClientRect();
      expect(box.left).toBeGreaterThanOrEqual(frame?.left ?? NaN);
      expect(box.right).toBeLessThanOrEqual(frame?.right ?? NaN);
      expect(box.bottom).toBeLessThanOrEqual(frame?.bottom ?? NaN);
    }
    place.remove();
  }
});

test("a PNG has twice the picture's pixels, on white", async () => {
  const picture = chartSvg(charts.penalty, source);
  const bitmap = await createImageBitmap(await pngOf(picture));
  expect([bitmap.width, bitmap.height]).toEqual([2 * picture.width, 2 * picture.height]);
  const canvas = new OffscreenCanvas(1, 1).getContext("2d");
  canvas?.drawImage(bitmap, 0, 0);
  expect([...(canvas?.getImageData(0, 0, 1, 1).data ?? [])]).toEqual([255, 255, 255, 255]);
});

test("a chart without values still has its axes", () => {
  const empty = { sites: [], points: [], others: [], label: null, trained: false };
  const chart = penaltyChart({ ...empty, title: "Nothing", topError: null, bottomError: null });
  expect(chartSvg(chart, source).text).not.toMatch(/NaN|undefined|Infinity/);
});
