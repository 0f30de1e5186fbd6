import { describe, expect, test } from "vitest";
import { errorOf, penaltyOf } from "../../../../src/core/scoring/penalty";

/** Flags of `n` images, wrong where listed. */
function flags(n: number, ...wrong: number[]): Uint8Array {
  const result = new Uint8Array(n);
  for (const image of wrong) result[image] = 1;
  return result;
}

describe("test error", () => {
  test("is the fraction of wrong images, with a binomial standard error", () => {
    // 2 of 8: √(¼ · ¾ / 8) = √(3/128)
    expect(errorOf(flags(8, 1, 5))).toEqual({ value: 0.25, standardError: Math.sqrt(3 / 128) });
  });

  test("of a perfect and of a useless network has no spread", () => {
    expect(errorOf(flags(5))).toEqual({ value: 0, standardError: 0 });
    expect(errorOf(flags(2, 0, 1))).toEqual({ value: 1, standardError: 0 });
  });

  test("at 10% on 10,000 images is known to 0.3 points", () => {
    const wrong = Uint8Array.from({ length: 10_000 }, (_, image) => (image % 10 === 0 ? 1 : 0));
    expect(errorOf(wrong).standardError).toBeCloseTo(0.003, 12);
  });

  test("of no images is refused", () => {
    expect(() => errorOf(new Uint8Array())).toThrow(expect.objectContaining({ code: "bad-input" }));
  });
});

describe("the penalty", () => {
  test("is error(stitched) − error(A)", () => {
    expect(penaltyOf(flags(10, 0, 1, 2), flags(10, 0)).value).toBeCloseTo(0.2, 12);
  });

  test("is negative when the stitched network is the better one", () => {
    expect(penaltyOf(flags(4), flags(4, 2)).value).toBe(-0.25);
  });

  test("has the standard error of the paired difference", () => {
    // Differences: +1 twice, −1 once, 0 seven times. Mean 0.1, mean square 0.3.
    const { standardError } = penaltyOf(flags(10, 0, 1, 2), flags(10, 2, 3, 4).fill(0, 4));
    expect(standardError).toBeCloseTo(Math.sqrt((0.3 - 0.01) / 10), 12);
  });

  test("of a network with itself is 0 without doubt, however often it errs", () => {
    expect(penaltyOf(flags(6, 1, 2, 3), flags(6, 1, 2, 3))).toEqual({ value: 0, standardError: 0 });
  });

  test("is known better than the two errors where both err on the same images", () => {
    const top = flags(100, ...Array.from({ length: 40 }, (_, image) => image));
    const stitched = flags(100, ...Array.from({ length: 42 }, (_, image) => image));
    const { standardError } = penaltyOf(stitched, top);
    expect(standardError).toBeLessThan(errorOf(top).standardError / 3);
  });

  test("of flags of different images is refused", () => {
    const refusal = /^wrong flags of the stitched network: expected \d images/;
    expect(() => penaltyOf(flags(4), flags(5))).toThrow(refusal);
    expect(() => penaltyOf(flags(0), flags(0))).toThrow(refusal);
  });
});
