import { describe, expect, test } from "vitest";
import { gapPath, predictPlot } from "../../../../src/lab/predict/predict-plot";
import type { Row } from "../../../../src/lab/session/results/rows";
import { targetWords } from "../../../../src/lab/format/target-words";

const words = targetWords({});

function row(site: number, penalty: number | null): Row {
  return {
    site,
    name: `block ${site}`,
    penalty: penalty === null ? null : { value: penalty, standardError: 0, testError: 0.2 },
    leastSquares: null,
    similarity: { status: "waiting" },
    similarityNull: null,
    training: null,
    failure: null,
  };
}

const rows = [row(0, 0.02), row(1, 0.1), row(2, null), row(3, 0.3)];
const axis = { slots: 4, names: [] };

describe("the plot of a prediction", () => {
  test("does not depend on the result until it is revealed", () => {
    const none = rows.map(({ site }) => row(site, null));
    expect(predictPlot(rows, new Map([[1, 5]]), words, 30)).toEqual(
      predictPlot(none, new Map([[1, 5]]), words, 30),
    );
    const { domain, curves } = predictPlot(rows, new Map(), words, 30);
    expect(domain[0]).toBeLessThan(-6);
    expect(domain[1]).toBeGreaterThan(30);
    expect(curves).toHaveLength(1);
  });

  test("has both curves on a scale that holds them once it is revealed", () => {
    const { domain, curves, labels } = predictPlot(rows, new Map([[1, 5]]), words, null);
    expect(curves.map(({ name }) => name)).toEqual(["result", "your prediction"]);
    expect(domain[1]).toBeGreaterThan(30);
    expect(domain[1]).toBeLessThan(34);
    expect(labels.map(({ name }) => name)).toContain("your prediction");
  });

  test("shades the gap where neighbouring layers have both values, and nowhere else", () => {
    const drawn = new Map([
      [0, 2],
      [1, 20],
      [2, 9],
      [3, 30],
    ]);
    const pieces = gapPath(predictPlot(rows, drawn, words, null), axis).match(/M[^Z]*Z/g);
    expect(pieces).toHaveLength(1);
    expect(pieces?.[0]?.startsWith("M12.5 ")).toBe(true);
    expect(pieces?.[0]).toContain("L37.5 ");
    expect(gapPath(predictPlot(rows, new Map(), words, null), axis)).toBe("");
  });
});
