import { Matrix } from "ml-matrix";
import { describe, expect, test } from "vitest";
import { seeded } from "../../../../../src/core/random/generator";
import { identity } from "../../../../../src/core/stitch/families/identity";
import { exactMoments } from "../../exact-sums";
import { normalArray } from "../../numbers";

const x = Matrix.from1DArray(40, 3, normalArray(seeded(41), 120));

describe("the identity stitch", () => {
  test("maps every channel to itself", () => {
    const { weight, bias } = identity(exactMoments(x, x));
    expect([...weight]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
    expect([...bias]).toEqual([0, 0, 0]);
  });

  test("explains all of a representation that is the same", () => {
    expect(identity(exactMoments(x, x)).r2).toBeCloseTo(1, 12);
  });

  test("explains less than nothing of a representation that is only shifted", () => {
    // Moved by 2 in every channel: 1 − 4nc / Σ‖y − ȳ‖².
    const moments = exactMoments(x, Matrix.add(x, 2));
    const varied = x.clone().center("column").norm("frobenius") ** 2;
    expect(identity(moments).r2).toBeCloseTo(1 - (4 * 40 * 3) / varied, 10);
  });

  test("refuses representations with unlike channels", () => {
    const narrow = x.subMatrix(0, 39, 0, 1);
    expect(() => identity(exactMoments(x, narrow))).toThrow(
      "identity stitch: expected as many channels in the source as in the target, found 3 and 2",
    );
  });
});
