import fc from "fast-check";
import { Matrix } from "ml-matrix";
import { describe, expect, test } from "vitest";
import { seeded } from "../../../../../src/core/random/generator";
import {
  coordinatesOf,
  fromCoordinates,
  toCoordinates,
} from "../../../../../src/core/stitch/refinement/coordinates";
import type { Moments } from "../../../../../src/core/stitch/moments";
import { normalArray, relativeDistance } from "../../numbers";

const random = seeded(4);
const [c1, c2, count] = [3, 2, 50];

/** Moments of random samples, written out; one source channel can be made constant. */
function momentsWith(deadChannel: number | null): Moments {
  const channels = (width: number): number[][] =>
    Array.from({ length: count }, () => [...normalArray(random, width)]);
  const x = channels(c1).map((row) => row.map((value, i) => (i === deadChannel ? 7 : value + i)));
  const y = channels(c2);
  const mean = (rows: number[][], j: number): number =>
    rows.reduce((sum, row) => sum + (row[j] ?? NaN), 0) / count;
  const scatter = (a: number[][], b: number[][], i: number, j: number): number =>
    a.reduce(
      (sum, row, k) => sum + ((row[i] ?? NaN) - mean(a, i)) * ((b[k]?.[j] ?? NaN) - mean(b, j)),
      0,
    );
  const filled = (length: number, value: (k: number) => number): Float64Array =>
    Float64Array.from({ length }, (_, k) => value(k));
  return {
    count,
    meanX: filled(c1, (i) => mean(x, i)),
    meanY: filled(c2, (j) => mean(y, j)),
    xx: filled(c1 * c1, (k) => scatter(x, x, Math.floor(k / c1), k % c1)),
    xy: filled(c1 * c2, (k) => scatter(x, y, Math.floor(k / c2), k % c2)),
    yy: filled(c2 * c2, (k) => scatter(y, y, Math.floor(k / c2), k % c2)),
  };
}

const gradientCovariance = [2, 1, 1, 3];
const map = {
  weight: Float64Array.from(normalArray(random, c1 * c2)),
  bias: Float64Array.of(1, -2),
};

describe("coordinates", () => {
  test("whiten the source: TᵀCT is the identity up to the floor", () => {
    const moments = momentsWith(null);
    const { matrix } = coordinatesOf(moments, gradientCovariance).source;
    const covariance = Matrix.from1DArray(c1, c1, moments.xx).div(count);
    const t = Matrix.from1DArray(c1, c1, matrix.values);
    const white = t.transpose().mmul(covariance).mmul(t);
    expect(relativeDistance(white.to1DArray(), Matrix.eye(c1).to1DArray())).toBeLessThan(1e-3);
  });

  test("weigh the target by the root of the gradient's inverse covariance", () => {
    const { matrix } = coordinatesOf(momentsWith(null), gradientCovariance).target;
    const gradient = Matrix.from1DArray(c2, c2, gradientCovariance);
    const r = Matrix.from1DArray(c2, c2, matrix.values);
    const product = r.transpose().mmul(gradient).mmul(r);
    const size = product.trace() / c2;
    expect(relativeDistance(product.div(size).to1DArray(), [1, 0, 0, 1])).toBeLessThan(2e-2);
  });

  test.each([null, 1])("and back are the same map, with channel %s dead", (dead) => {
    const at = coordinatesOf(momentsWith(dead), gradientCovariance);
    const back = fromCoordinates(toCoordinates(map, at), at);
    expect(relativeDistance(back.weight, map.weight)).toBeLessThan(1e-4);
    expect(relativeDistance(back.bias, map.bias)).toBeLessThan(1e-4);
  });

  test("are finite where nothing varies and no gradient flows", () => {
    const none = momentsWith(null);
    const still = { ...none, xx: new Float64Array(c1 * c1), yy: new Float64Array(c2 * c2) };
    const at = coordinatesOf(still, [0, 0, 0, 0]);
    expect(at.source.matrix.values.every(Number.isFinite)).toBe(true);
    expect(at.target.matrix.values.every(Number.isFinite)).toBe(true);
    expect(at.target.inverse.values.every(Number.isFinite)).toBe(true);
  });

  test("and back are the same map, however unlike the channels' sizes are", () => {
    const sizes = fc.array(fc.constantFrom(0, 1e-6, 1e-3, 1, 1e3), {
      minLength: c1 + 2 * c2,
      maxLength: c1 + 2 * c2,
    });
    fc.assert(
      fc.property(
        sizes.filter((all) => all.slice(0, c1).some((size) => size > 0)),
        (all) => {
          const { meanX, meanY, xx, xy, yy } = momentsWith(null);
          const size = (k: number): number => all[k] ?? NaN;
          const scaled = {
            count,
            meanX,
            meanY,
            xy,
            xx: xx.map((value, k) => value * size(Math.floor(k / c1)) * size(k % c1)),
            yy: yy.map((value, k) => value * size(c1 + Math.floor(k / c2)) * size(c1 + (k % c2))),
          };
          const gradient = gradientCovariance.map(
            (value, k) => value * size(c1 + c2 + Math.floor(k / c2)) * size(c1 + c2 + (k % c2)),
          );
          const at = coordinatesOf(scaled, gradient);
          const back = fromCoordinates(toCoordinates(map, at), at);
          expect(relativeDistance(back.weight, map.weight)).toBeLessThan(1e-3);
          expect(relativeDistance(back.bias, map.bias)).toBeLessThan(1e-3);
        },
      ),
    );
  });
});
