import fc from "fast-check";
import { expect, test } from "vitest";
import { fittedExponent } from "../../../bench/growth/exponent";

test("times that follow a power give back that power, whatever the factor and the sizes", () => {
  const sizes = fc.uniqueArray(fc.integer({ min: 1, max: 50_000 }), { minLength: 2, maxLength: 6 });
  const power = fc.double({ min: -2, max: 3, noNaN: true });
  const factor = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
  fc.assert(
    fc.property(sizes, power, factor, (xs, k, a) => {
      const points = xs.map((x) => ({ x, seconds: a * x ** k }));
      expect(fittedExponent(points)).toBeCloseTo(k, 5);
    }),
  );
});

test("a fixed cost lowers the exponent", () => {
  const points = [1, 2, 4, 8].map((x) => ({ x, seconds: 3 + x }));
  expect(fittedExponent(points)).toBeLessThan(1);
});

test("times at a single size have no exponent", () => {
  const points = [1, 2].map((seconds) => ({ x: 5, seconds }));
  expect(() => fittedExponent(points)).toThrow("two different sizes");
});
