import { expect, test } from "vitest";
import {
  emptyCurve,
  lossPoints,
  withLosses,
  type LossCurve,
} from "../../../../../src/core/stitch/training/loss-curve";

const losses = Array.from({ length: 1_000 }, (_, step) => 2 / (step + 1));

function withReported(curve: LossCurve, portion: number, until: number): LossCurve {
  let grown = curve;
  for (let last = portion; last <= until; last += portion) {
    const next = withLosses(grown, losses.slice(last - portion, last), last);
    if (!next) throw new Error("no curve");
    grown = next;
  }
  return grown;
}

test("a short curve has every step", () => {
  expect(lossPoints(withReported(emptyCurve(40), 8, 40))).toEqual(
    losses.slice(0, 40).map((loss, k) => ({ step: k + 1, loss })),
  );
});

test("a long curve has at most 200 points, each the mean of its steps", () => {
  const points = lossPoints(withReported(emptyCurve(1_000), 8, 1_000));
  expect(points).toHaveLength(200);
  const mean = losses.slice(5, 10).reduce((sum, loss) => sum + loss, 0) / 5;
  expect(points[1]?.step).toBe(10);
  expect(points[1]?.loss).toBeCloseTo(mean, 12);
});

test("a point that is not whole yet is the mean of the steps it has", () => {
  const points = lossPoints(withReported(emptyCurve(1_000), 4, 8));
  expect(points.at(-1)?.step).toBe(8);
  expect(points.at(-1)?.loss).toBeCloseTo(
    ((losses[5] ?? 0) + (losses[6] ?? 0) + (losses[7] ?? 0)) / 3,
    12,
  );
});

test("losses reported twice count once", () => {
  const curve = withReported(emptyCurve(1_000), 8, 80);
  expect(withLosses(curve, losses.slice(72, 80), 80)).toEqual(curve);
  expect(withLosses(curve, losses.slice(76, 88), 88)).toEqual(
    withReported(emptyCurve(1_000), 8, 88),
  );
});

test("a curve with steps missing in the middle is none", () => {
  expect(withLosses(withReported(emptyCurve(1_000), 8, 80), losses.slice(88, 96), 96)).toBeNull();
});

test("a diverged loss spoils only its own point", () => {
  const curve = withLosses(emptyCurve(4), [1, NaN, 3, 4], 4);
  expect(curve && lossPoints(curve).map(({ loss }) => loss)).toEqual([1, NaN, 3, 4]);
});
