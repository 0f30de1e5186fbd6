import { expect, test } from "vitest";
import { seeded } from "../../../../src/core/random/generator";
import { momentsOf } from "../../../../src/core/closed-form/batch-sums";
import { mergeMoments, type Moments } from "../../../../src/core/stitch/moments";
import { tf } from "../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../backend";
import { normalArray, relativeDistance } from "../numbers";

const c1 = 3;
const c2 = 2;

/** Samples with means that are large compared with their deviations. */
function samples(count: number, c: number, stream: number): number[] {
  return [...normalArray(seeded(9, stream), count * c)].map(
    (value, k) => value + 20 * ((k % c) - 1),
  );
}

/** Moments by their definitions, in float64. */
function direct(x: number[], y: number[]): Moments {
  const count = x.length / c1;
  const mean = (values: number[], c: number): Float64Array =>
    Float64Array.from({ length: c }, (_, j) =>
      values.reduce((sum, value, k) => (k % c === j ? sum + value / count : sum), 0),
    );
  const [meanX, meanY] = [mean(x, c1), mean(y, c2)];
  const summed = (a: number[], m: Float64Array, b: number[], l: Float64Array): Float64Array =>
    Float64Array.from({ length: m.length * l.length }, (_, index) => {
      const [i, j] = [Math.floor(index / l.length), index % l.length];
      let sum = 0;
      for (let k = 0; k < count; k++) {
        const left = (a[k * m.length + i] ?? NaN) - (m[i] ?? NaN);
        sum += left * ((b[k * l.length + j] ?? NaN) - (l[j] ?? NaN));
      }
      return sum;
    });
  return {
    count,
    meanX,
    meanY,
    xx: summed(x, meanX, x, meanX),
    xy: summed(x, meanX, y, meanY),
    yy: summed(y, meanY, y, meanY),
  };
}

function expectClose(found: Moments, expected: Moments, tolerance: number): void {
  expect(found.count).toBe(expected.count);
  for (const name of ["meanX", "meanY", "xx", "xy", "yy"] as const) {
    expect(relativeDistance(found[name], expected[name])).toBeLessThan(tolerance);
  }
}

const x = samples(60, c1, 0);
const y = samples(60, c2, 1);
/** Samples `from` up to, not including, `to`. */
const part = (from: number, to: number): Moments =>
  direct(x.slice(from * c1, to * c1), y.slice(from * c2, to * c2));

test("moments of parts merge to those of the whole, in float64", () => {
  expectClose(mergeMoments(part(0, 7), part(7, 60)), part(0, 60), 1e-13);
});

test("it does not matter which parts merge first", () => {
  const leftFirst = mergeMoments(mergeMoments(part(0, 7), part(7, 30)), part(30, 60));
  const rightFirst = mergeMoments(part(0, 7), mergeMoments(part(7, 30), part(30, 60)));
  expectClose(leftFirst, rightFirst, 1e-13);
  expectClose(mergeMoments(part(7, 60), part(0, 7)), leftFirst, 1e-13);
});

describeOnEachBackend("moments of a batch", () => {
  test("are those of its definitions", async () => {
    const [images, maps] = tf.tidy(() => [
      tf.tensor4d(x, [5, 3, 4, c1]),
      tf.tensor4d(y, [5, 3, 4, c2]),
    ]);
    expectClose(await momentsOf(images, maps), direct(x, y), 1e-5);
    tf.dispose([images, maps]);
  });

  test("of a representation that does not vary are exactly 0 about its mean", async () => {
    const [still, maps] = tf.tidy(() => [
      tf.tile(tf.tensor4d([0.1, 1 / 3, 1234.567], [1, 1, 1, c1]), [5, 3, 4, 1]),
      tf.tensor4d(y, [5, 3, 4, c2]),
    ]);
    const { meanX, xx, xy } = await momentsOf(still, maps);
    expect([...meanX]).toEqual([...Float32Array.of(0.1, 1 / 3, 1234.567)]);
    expect([...xx, ...xy].every((value) => value === 0)).toBe(true);
    tf.dispose([still, maps]);
  });
});
