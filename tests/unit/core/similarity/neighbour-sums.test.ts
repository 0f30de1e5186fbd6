import { expect, test } from "vitest";
import { seeded } from "../../../../src/core/random/generator";
import {
  addNeighbours,
  neighboursIn,
  neighboursOfBatch,
  type NeighbourSums,
} from "../../../../src/core/similarity/neighbour-sums";
import { uniformArray } from "../numbers";

/** Squared distances of points on a line. */
const squaresOf = (points: ArrayLike<number>): Float64Array =>
  Float64Array.from(Array.from(points).flatMap((a) => Array.from(points, (b) => (a - b) ** 2)));
const line = (n: number): number[] => Array.from({ length: n }, (_, k) => k ** 1.01);

const sharedBy = (x: Float64Array, y: Float64Array, n: number): NeighbourSums =>
  neighboursOfBatch(neighboursIn(x, n), neighboursIn(y, n), n);

test("a representation shares all neighbours with a mirrored, scaled one", () => {
  const mirrored = line(30).map((point) => -3 * point);
  expect(sharedBy(squaresOf(line(30)), squaresOf(mirrored), 30)).toEqual({
    shared: 30,
    images: 30,
  });
});

test("two halves that trade places in one of two share what stays together", () => {
  // 22 points in two clusters of 11, whose 10 neighbours are each other; in y image 10 and 11 have
  // changed sides.
  const places = Array.from({ length: 22 }, (_, k) => (k < 11 ? k : 1000 + k));
  const traded = places.slice();
  [traded[10], traded[11]] = [places[11] ?? NaN, places[10] ?? NaN];
  // 20 stay with 9 of their 10; the two that changed keep none.
  expect(sharedBy(squaresOf(places), squaresOf(traded), 22)).toEqual({
    shared: 18,
    images: 22,
  });
});

test("unrelated representations share about k of the n − 1 others", () => {
  const n = 200;
  const points = (stream: number): Float32Array => uniformArray(seeded(53, stream), n);
  const { shared, images } = sharedBy(squaresOf(points(0)), squaresOf(points(1)), n);
  expect(Math.abs(shared / images - 10 / (n - 1))).toBeLessThan(0.02);
});

test("a batch in which all others are neighbours counts no images", () => {
  expect(sharedBy(squaresOf(line(11)), squaresOf(line(11)), 11).images).toBe(0);
  expect(sharedBy(squaresOf(line(12)), squaresOf(line(12)), 12).images).toBe(12);
});

test("batches add up image by image", () => {
  expect(addNeighbours({ shared: 3, images: 12 }, { shared: 5, images: 20 })).toEqual({
    shared: 8,
    images: 32,
  });
});
