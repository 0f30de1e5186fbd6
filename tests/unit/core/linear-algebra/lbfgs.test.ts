import { expect, test } from "vitest";
import { lbfgs, type Evaluation, type LbfgsStep } from "../../../../src/core/linear-algebra/lbfgs";

async function minimum(
  evaluate: (point: Float64Array) => Evaluation,
  start: readonly number[],
): Promise<LbfgsStep> {
  let last: LbfgsStep | undefined;
  const steps = lbfgs((point) => Promise.resolve(evaluate(point)), Float64Array.from(start));
  for await (const step of steps) {
    last = step;
    if (step.gradient.every((entry) => Math.abs(entry) < 1e-9) || step.steps >= 200) return step;
  }
  if (!last) throw new Error("no step");
  return last;
}

test("finds the minimum of an ill-conditioned quadratic", async () => {
  const scales = [1e4, 1e2, 1, 1e-2];
  const target = [1, -2, 3, -4];
  const { point, steps } = await minimum(
    (x) => ({
      value: scales.reduce((sum, a, k) => sum + (a / 2) * ((x[k] ?? 0) - (target[k] ?? 0)) ** 2, 0),
      gradient: x.map((entry, k) => (scales[k] ?? 0) * (entry - (target[k] ?? 0))),
    }),
    [0, 0, 0, 0],
  );
  target.forEach((entry, k) => expect(point[k]).toBeCloseTo(entry, 6));
  expect(steps).toBeLessThan(100);
});

test("follows Rosenbrock’s valley to its end", async () => {
  const { point } = await minimum(
    ([x = 0, y = 0]) => ({
      value: (1 - x) ** 2 + 100 * (y - x * x) ** 2,
      gradient: Float64Array.from([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)]),
    }),
    [-1.2, 1],
  );
  expect(point[0]).toBeCloseTo(1, 8);
  expect(point[1]).toBeCloseTo(1, 8);
});

test("ends where the start is the minimum", async () => {
  const { steps, improved } = await minimum((x) => ({ value: 1, gradient: x.map(() => 0) }), [0]);
  expect(steps).toBe(0);
  expect(improved).toBe(true);
});
