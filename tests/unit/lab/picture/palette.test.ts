/** Whether the curves of a plot can be told apart, by whom and in which theme. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { curveLook } from "../../../../src/lab/picture/model/curve-looks";
import { penaltyPlot } from "../../../../src/lab/picture/model/penalty-plot";
import { inkOf, palette } from "../../../../src/lab/share/charts/svg/svg-curves";
import { similarityPlot } from "../../../../src/lab/picture/model/similarity-plot";
import { probePlot } from "../../../../src/lab/picture/model/probe-plot";
import type { ProbeResult } from "../../../../src/experiment/probes";
import type { PlotCurve } from "../../../../src/lab/picture/plots/layer-plot";
import { axisOf, penaltyData, plotted } from "./plotted";

type Colours = Readonly<Record<string, string>>;
type Triple = readonly [number, number, number];

const page = blocksOf("src/lab/ui/tokens.css");
const slide = blocksOf("src/lab/present/present.css");
const light = { ...page.always, ...page.light };
const dark = { ...page.always, ...page.dark };
const themes: Readonly<Record<string, Colours>> = {
  light,
  dark,
  // As in the cascade: what always holds on a slide is stronger than the page's dark theme.
  "presented light": { ...light, ...slide.always, ...slide.light },
  "presented dark": { ...dark, ...slide.always, ...slide.dark },
};

/** Colours of a style sheet: those of every theme, and those of each alone. */
function blocksOf(path: string): Readonly<Record<"always" | "light" | "dark", Colours>> {
  const [always = "", ...themed] = readFileSync(path, "utf8").split("@media ");
  const of = (scheme: string): Colours =>
    coloursIn(themed.find((css) => css.startsWith(`(prefers-color-scheme: ${scheme})`)) ?? "");
  return { always: coloursIn(always), light: of("light"), dark: of("dark") };
}

function coloursIn(css: string): Colours {
  const found = [...css.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6})/g)];
  return Object.fromEntries(found.map(([, name = "", colour = ""]) => [name, colour]));
}

/** Those that most recorded figures have: at most three besides the main curve and a control. */
const usual = ["stitch", "control-curve", "curve-1", "curve-2", "curve-3"];
const curves = [...usual, "curve-4", "curve-5", "curve-6"];
const roles = [...curves, "top", "bottom"];

/** Linear light of a colour. IEC 61966-2-1. */
function linear(colour: string): Triple {
  const channel = (at: number): number => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

type Matrix = readonly [Triple, Triple, Triple];

function times([a, b, c]: Matrix, v: Triple): Triple {
  const dot = ([x, y, z]: Triple): number => x * v[0] + y * v[1] + z * v[2];
  return [dot(a), dot(b), dot(c)];
}

/**
 * What is left of a colour, in linear light. Machado, Oliveira & Fernandes 2009, table 1, at full
 * severity.
 */
const visions = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
  // Of relative luminance, as in WCAG.
  grey: [
    [0.2126, 0.7152, 0.0722],
    [0.2126, 0.7152, 0.0722],
    [0.2126, 0.7152, 0.0722],
  ],
} as const satisfies Record<string, Matrix>;

/** Oklab, times 100, of linear light. Ottosson 2020. */
function oklab(v: Triple): Triple {
  const inGamut = v.map((value) => Math.min(1, Math.max(0, value))) as unknown as Triple;
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    inGamut,
  );
  const roots = cones.map((value) => 100 * Math.cbrt(value)) as unknown as Triple;
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    roots,
  );
}

/** How far apart two colours are in a vision: 100 from black to white; from about 2 on one sees it. */
function distance(vision: Matrix, a: string, b: string): number {
  const [p, q] = [a, b].map((colour) => oklab(times(vision, linear(colour))));
  return Math.hypot(...(p ?? []).map((value, k) => value - (q?.[k] ?? NaN)));
}

/** WCAG 2.2, relative luminance. */
function contrast(a: string, b: string): number {
  const luminance = (colour: string): number => {
    const [r, g, blue] = linear(colour);
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  };
  const [low = NaN, high = NaN] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function pairs<T>(all: readonly T[]): readonly (readonly [T, T])[] {
  return all.flatMap((a, k) => all.slice(k + 1).map((b) => [a, b] as const));
}

/** Two colours that are further apart are told apart at once. */
const apart = 6;

type Line = Pick<PlotCurve, "name" | "look" | "marker">;

const anyCurves = [
  plotted(0, [0.1, 0.2]),
  ...[0, 1, 2, 3, 4, 5].map((place) =>
    plotted(1 + place, [0.1, 0.2], { look: curveLook("other", place) }),
  ),
  ...[0, 1].map((place) =>
    plotted(7 + place, [0.1, 0.2], { control: true, look: curveLook("control", place) }),
  ),
];

/** Every line that can be in one chart. */
const charts: Readonly<Record<string, readonly Line[]>> = {
  penalties: penaltyLines(),
  similarities: similarityPlot({
    ...penaltyData(anyCurves),
    measure: "CKA",
    images: "test images",
    chance: [0.1, 0.2],
  }).curves,
  probes: probeLines(),
};

/** Curves, the stitch before training, and the networks' own errors, which are level and without dots. */
function penaltyLines(): readonly Line[] {
  const { curves: drawn, levels } = penaltyPlot(
    penaltyData(anyCurves, { trained: true, topError: 0.1, bottomError: 0.2 }),
  );
  const own = levels.map(({ look }) => ({ name: look.colour, look, marker: "none" }) as const);
  return [...drawn, ...own];
}

function probeLines(): readonly Line[] {
  const probes = (["top", "bottom"] as const).flatMap((role) =>
    (["pooled", "flattened"] as const).map((representation): ProbeResult => ({
      role,
      representation,
      tap: 0,
      name: "stem",
      features: 16,
      testError: 0.5,
      testErrorStandardError: 0.01,
      errorByRank: [0.9, 0.5],
    })),
  );
  return probePlot({ axis: axisOf(1), probes, bottomLayers: 1 })?.curves ?? [];
}

test("the charts have as many lines as can be", () => {
  expect(Object.values(charts).map(({ length }) => length)).toEqual([12, 10, 4]);
});

describe.each(Object.entries(themes))("%s", (_, theme) => {
  const colour = (role: string): string => theme[role] ?? "";

  test("curves can be read as lines, and their names as text", () => {
    for (const role of roles) {
      expect(contrast(colour(role), colour("surface")), role).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(colour("similarity"), colour("surface"))).toBeGreaterThanOrEqual(4.5);
    // Rings, which have no name of this colour.
    expect(contrast(colour("stitch-light"), colour("surface"))).toBeGreaterThanOrEqual(3);
  });

  test("no two curves have nearly the same colour", () => {
    for (const [a, b] of pairs(roles).filter(([first]) => curves.includes(first))) {
      expect(distance(visions.normal, colour(a), colour(b)), `${a}, ${b}`).toBeGreaterThan(9);
    }
  });

  test("the colour-blind tell the curves of most recorded figures apart by colour alone", () => {
    // The main curve is solid, half as wide again and has a ribbon; a control is grey and dashed.
    const others = pairs(usual).filter(([a, b]) => !(a === "stitch" && b === "control-curve"));
    const { grey: _, ...coloured } = visions;
    for (const [vision, matrix] of Object.entries(coloured)) {
      for (const [a, b] of others) {
        expect(distance(matrix, colour(a), colour(b)), `${a}, ${b} in ${vision}`).toBeGreaterThan(
          apart,
        );
      }
    }
  });

  test.each(Object.entries(charts))(
    "in the chart of %s all lines differ by colour for everybody, or by dashes or dots",
    (__, lines) => {
      for (const [vision, matrix] of Object.entries(visions)) {
        for (const [a, b] of pairs(lines)) {
          const byColour = distance(matrix, colour(a.look.colour), colour(b.look.colour)) > apart;
          expect(
            byColour || dashesDiffer(a.look.dashes, b.look.dashes) || a.marker !== b.marker,
            `${a.name}, ${b.name} in ${vision}`,
          ).toBe(true);
        }
      }
    },
  );
});

/** Strokes and gaps of a pattern; a solid line is one stroke without a gap. */
function strokesOf(dashes: string | undefined): { strokes: number; longest: number; gap: number } {
  if (dashes === undefined) return { strokes: 1, longest: Infinity, gap: 0 };
  const lengths = dashes.split(" ").map(Number);
  const gaps = lengths.filter((__, k) => k % 2 === 1);
  const strokes = lengths.filter((__, k) => k % 2 === 0);
  return { strokes: strokes.length, longest: Math.max(...strokes), gap: Math.max(...gaps) };
}

/** Whether one sees it without looking twice. */
function dashesDiffer(a: string | undefined, b: string | undefined): boolean {
  const [p, q] = [strokesOf(a), strokesOf(b)];
  const ratio = (x: number, y: number): number => Math.max(x, y) / Math.min(x, y);
  return p.strokes !== q.strokes || ratio(p.longest, q.longest) > 1.4 || ratio(p.gap, q.gap) > 1.4;
}

test("in grey, dashes tell all curves and the networks' own errors apart", () => {
  const [zero, difference] = penaltyPlot(
    penaltyData([plotted(0, [0])], { topError: 0.1, bottomError: 0.2 }),
  ).levels;
  const looks = [
    curveLook("main", 0),
    ...[0, 1, 2, 3, 4, 5].map((place) => curveLook("other", place)),
    ...[0, 1].map((place) => curveLook("control", place)),
    ...(difference ? [difference.look] : []),
  ];
  for (const [a, b] of pairs(looks)) {
    expect(dashesDiffer(a.dashes, b.dashes), `${a.dashes ?? "solid"}, ${b.dashes ?? "solid"}`).toBe(
      true,
    );
  }
  // The line at 0 is level, thin and without points.
  expect(zero?.look).toEqual({ colour: "top", width: 1.5 });
});

test("further curves repeat the looks of the first six", () => {
  expect(curveLook("other", 6)).toEqual(curveLook("other", 0));
  expect(curveLook("control", 3)).toEqual(curveLook("control", 0));
});

test("the exported file has the colours of the light theme", () => {
  for (const [role, colour] of Object.entries(palette)) expect(colour, role).toBe(light[role]);
});

test("all words of the exported file can be read on its white ground", () => {
  const others = ["top", "bottom", "similarity", "muted", "ink", "control-curve"] as const;
  const numbered = [1, 2, 3, 4, 5, 6].map((place) => `curve-${place}` as const);
  for (const role of [...others, ...numbered, "stitch", "stitch-light"] as const) {
    expect(contrast(inkOf(role) ?? "", palette.surface), role).toBeGreaterThanOrEqual(4.5);
  }
});
