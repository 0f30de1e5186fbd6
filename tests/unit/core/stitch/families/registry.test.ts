import { Matrix } from "ml-matrix";
import { expect, test } from "vitest";
import { seeded } from "../../../../../src/core/random/generator";
import { stitchFamilies } from "../../../../../src/core/stitch/families/registry";
import { exactMoments } from "../../exact-sums";
import { normalArray } from "../../numbers";

const [n, c] = [60, 4];
const normal = (stream: number): Matrix =>
  Matrix.from1DArray(n, c, normalArray(seeded(47, stream), n * c));
const x = normal(0);
const moments = exactMoments(x, Matrix.add(x, normal(1)));

test.each(Object.entries(stitchFamilies))("%s explains all of a copy", (_, family) => {
  const { weight, bias, r2 } = family(exactMoments(x, x), c);
  expect([weight.length, bias.length]).toEqual([c * c, c]);
  expect(r2).toBeCloseTo(1, 8);
});

test("a family that has all maps of another explains at least as much", () => {
  const r2 = (name: keyof typeof stitchFamilies): number =>
    stitchFamilies[name](moments, 3).r2 ?? NaN;
  expect(r2("identity")).toBeLessThanOrEqual(r2("orthogonal"));
  expect(r2("permutation")).toBeLessThanOrEqual(r2("orthogonal"));
  expect(r2("orthogonal")).toBeLessThanOrEqual(r2("least-squares"));
  expect(r2("low-rank")).toBeLessThanOrEqual(r2("least-squares"));
});
