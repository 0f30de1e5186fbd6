/** The plot of linear probes. */
import { describe, expect, test } from "vitest";
import type { ProbeResult } from "../../../../src/experiment/probes";
import { probePlot } from "../../../../src/lab/picture/model/probe-plot";
import { axisOf } from "./plotted";

function probe(role: ProbeResult["role"], tap: number, testError: number): ProbeResult {
  return {
    role,
    tap,
    name: `block ${tap}`,
    representation: "pooled",
    features: 16,
    testError,
    testErrorStandardError: 0.01,
    errorByRank: [0.9, testError],
  };
}
const top = [0.6, 0.4, 0.2, 0.1, 0.1].map((error, tap) => probe("top", tap, error));
// In no order: they arrive as tasks are done.
const bottom = [0.3, 0.5, 0.7].map((error, k) => probe("bottom", 2 - k, error));
const plot = probePlot({ axis: axisOf(5), probes: [...top, ...bottom], bottomLayers: 3 });

test("without probes there is no plot", () => {
  expect(probePlot({ axis: axisOf(5), probes: [], bottomLayers: 5 })).toBeNull();
});

describe("of two networks", () => {
  test("each layer of A has its probe’s error, and B’s layers are spread over A’s", () => {
    const [a, b] = plot?.curves ?? [];
    expect(a?.points.map(({ at, value }) => [at, value])).toEqual(
      [60, 40, 20, 10, 10].map((value, at) => [at, value]),
    );
    expect(b?.points.map(({ at, value }) => [at, value])).toEqual([
      [0, 70],
      [2, 50],
      [4, 30],
    ]);
    expect([a?.look.colour, b?.look.colour]).toEqual(["top", "bottom"]);
  });

  test("a name says the error at the layer in view, and what the probes read is said once", () => {
    expect(plot?.labels.map(({ name }) => name)).toEqual(["A’s layers", "B’s layers"]);
    expect(plot?.labels.map(({ valueAt }) => valueAt?.get(2))).toEqual([
      "20.0 ± 1.0",
      "50.0 ± 1.0",
    ]);
    expect(plot?.meaning).toContain("(pooled)");
    // A name is no button: a probe is of no stitch.
    expect(plot?.labels.every(({ curve }) => curve === null)).toBe(true);
  });

  test("the scale begins at 0 and holds every error", () => {
    const [low, high] = plot?.domain ?? [1, 0];
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(70);
    expect(plot?.ticks[0]?.text).toBe("0%");
  });
});

test("both representations are told apart by name and width", () => {
  const flattened = top.map((one) => ({ ...one, representation: "flattened" as const }));
  const both = probePlot({ axis: axisOf(5), probes: [...top, ...flattened], bottomLayers: 5 });
  expect(both?.curves.map(({ name }) => name)).toEqual([
    "A’s layers, pooled",
    "A’s layers, flattened",
  ]);
  const widths = both?.curves.map(({ look }) => look.width) ?? [];
  expect(new Set(widths).size).toBe(2);
});
