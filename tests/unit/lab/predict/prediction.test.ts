import { describe, expect, test } from "vitest";
import {
  clampedPoints,
  placeAmong,
  readPoints,
  scoreOf,
  withStroke,
  withValue,
  type Prediction,
} from "../../../../src/lab/predict/prediction";
import type { Row } from "../../../../src/lab/session/results/rows";

const none: Prediction = new Map();

function row(site: number, penalty: number | null): Row {
  const known = penalty === null ? null : { value: penalty, standardError: 0, testError: 0.2 };
  return {
    site,
    name: `block ${site}`,
    penalty: known,
    leastSquares: null,
    similarity: { status: "waiting" },
    similarityNull: null,
    training: null,
    failure: null,
  };
}

describe("drawing", () => {
  test("a stroke sets the value of every layer that it passes", () => {
    const drawn = withStroke(none, { at: 0, value: 0 }, { at: 4, value: 8 }, [0, 3, 5, 6, 8]);
    expect([...drawn]).toEqual([
      [0, 0],
      [3, 2],
      [5, 4],
      [6, 6],
      [8, 8],
    ]);
    const back = withStroke(drawn, { at: 3.4, value: 1 }, { at: 1.4, value: 1 }, [0, 3, 5, 6, 8]);
    expect([...back.values()]).toEqual([0, 1, 1, 1, 8]);
  });

  test("a touch sets the nearest layer's value, outside the axis the last layer's", () => {
    const pen = { at: 1.3, value: 5 };
    expect([...withStroke(none, pen, pen, [0, 1, 2])]).toEqual([[1, 5]]);
    const beside = { at: 7, value: 5 };
    expect([...withStroke(none, beside, beside, [0, 1, 2])]).toEqual([[2, 5]]);
  });

  test("a pen between two layers that are asked for lies between their places", () => {
    expect(placeAmong(3, [0, 3, 6])).toBe(1);
    expect(placeAmong(4.5, [0, 3, 6])).toBe(1.5);
    expect([placeAmong(-0.4, [0, 3, 6]), placeAmong(9, [0, 3, 6])]).toEqual([0, 2]);
  });

  test("values are rounded to a tenth and kept within the possible range", () => {
    expect(clampedPoints(3.14)).toBe(3.1);
    expect(clampedPoints(-0.04)).toBe(0);
    expect(Object.is(clampedPoints(-0.04), 0)).toBe(true);
    expect(clampedPoints(250)).toBe(100);
    expect(withValue(withValue(none, 2, 4), 2, null).size).toBe(0);
  });
});

describe("the score", () => {
  test("is the mean absolute difference over the layers that were drawn, and names the largest miss", () => {
    const prediction = new Map([
      [0, 1],
      [1, 5],
      [3, 9],
    ]);
    const score = scoreOf(prediction, [row(0, 0.02), row(1, -0.01), row(2, 0.5), row(3, null)]);
    expect(score).toEqual({
      meanDifference: expect.closeTo(3.5, 10) as number,
      layers: 2,
      largest: { name: "block 1", predicted: 5, found: -1 },
    });
  });

  test("is absent if nothing can be compared", () => {
    expect(scoreOf(none, [row(0, 0.1)])).toBeNull();
  });
});

test("numbers are read as people write them; other text is rejected", () => {
  expect(["+4", "−2.5", "3,5", " 12 ", "-100"].map(readPoints)).toEqual([4, -2.5, 3.5, 12, -100]);
  for (const text of ["", "four", "101", "1e2", "--1", "4 %", "Infinity"]) {
    expect(readPoints(text)).toBeNull();
  }
});
