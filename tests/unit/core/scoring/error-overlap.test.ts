import { describe, expect, test } from "vitest";
import {
  errorConsistency,
  errorOverlap,
  ownErrors,
  type ErrorOverlap,
} from "../../../../src/core/scoring/error-overlap";

const flags = (text: string): Uint8Array => Uint8Array.from(text, Number);

describe("errors of three networks", () => {
  test("every image is counted once, where it belongs", () => {
    const overlap = errorOverlap(flags("00001111"), flags("00110011"), flags("01010101"));
    expect(overlap).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
    expect(() => errorOverlap(flags("01"), flags("011"), flags("011"))).toThrow(
      "wrong flags of the stitched network: expected 3 images, as for the top, found 2",
    );
  });

  test("consistency is 1 for the same errors, 0 for independent ones, and Cohen's κ in between", () => {
    const same = errorOverlap(flags("0011"), flags("0011"), flags("0101"));
    expect(errorConsistency(same, "stitched and top")).toBe(1);
    expect(errorConsistency(same, "stitched and bottom")).toBe(0);
    // Cohen 1960 as in textbooks: 20 both, 15 neither, 5 and 10 one of the two: κ = 0.4.
    const cohen: ErrorOverlap = [15, 0, 5, 0, 10, 0, 20, 0];
    expect(errorConsistency(cohen, "stitched and top")).toBeCloseTo(0.4, 12);
  });

  test("is undefined where both networks are always right", () => {
    expect(errorConsistency([10, 0, 0, 0, 0, 0, 0, 0], "top and bottom")).toBeNull();
  });

  test("the share of errors that are the stitched network's own", () => {
    expect(ownErrors([90, 0, 0, 0, 4, 1, 3, 2])).toBeCloseTo(0.4, 12);
    expect(ownErrors([90, 3, 4, 1, 0, 0, 0, 0])).toBeNull();
  });
});
