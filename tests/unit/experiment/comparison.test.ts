import { describe, expect, test } from "vitest";
import { comparison, tolerance, type Found } from "../../../src/experiment/comparison";
import type { SiteFailure } from "../../../src/experiment/report";

const failure: SiteFailure = {
  site: 0,
  name: "stem",
  reason: "singular",
  step: null,
  seed: 0,
  found: "no variance",
};

function row(value: number | null, standardError = 0.004): Found {
  return { penalty: value === null ? null : { value, standardError }, failure: null };
}

describe("an author's penalty and ours", () => {
  test("is the same within the tolerance for rounding and one standard error", () => {
    const most = tolerance.rounding + 0.004;
    expect(comparison(0.05, row(0.05 + most))).toEqual({ status: "same" });
    expect(comparison(0.05, row(0.05 - most))).toEqual({ status: "same" });
    expect(comparison(0.05, row(0.05 + most + 0.0001)).status).toBe("differs");
  });

  test("differs by a signed number, positive if higher here", () => {
    expect(comparison(0.05, row(0.02))).toEqual({
      status: "differs",
      by: expect.closeTo(-0.03, 10) as number,
    });
  });

  test("waits until the penalty is computed", () => {
    expect(comparison(0.05, row(null))).toEqual({ status: "not-yet" });
  });

  test("says who has no stitch", () => {
    expect(comparison(null, { ...row(null), failure })).toEqual({ status: "same" });
    expect(comparison(0.05, { ...row(null), failure })).toEqual({
      status: "one-has-none",
      who: "here",
    });
    expect(comparison(null, row(0.05))).toEqual({ status: "one-has-none", who: "author" });
  });
});
