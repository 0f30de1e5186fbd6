import { describe, expect, test } from "vitest";
import * as z from "../../../../src/core/schema";
import { penaltyInterval } from "../../../../src/core/scoring/bootstrap";
import { penaltyOf } from "../../../../src/core/scoring/penalty";
import { fixture } from "../../fixtures";

const flags = z.pipe(
  z.array(z.int()),
  z.transform((values) => Uint8Array.from(values)),
);
const { cases } = fixture(
  "bootstrap",
  z.object({
    cases: z.array(z.object({ stitched: flags, top: flags, low: z.number(), high: z.number() })),
  }),
);

describe("a penalty's interval", () => {
  test.each(cases)("is NumPy's over resampled images ($low to $high)", (reference) => {
    const { stitched, top } = reference;
    const penalty = penaltyOf(stitched, top);
    const { low, high } = penaltyInterval(penalty, top.length);
    // An end over 1,000 resamples is known to a twelfth of the standard error; then whole images.
    const near = 0.3 * penalty.standardError + 1 / top.length;
    expect(Math.abs(low - reference.low)).toBeLessThanOrEqual(near);
    expect(Math.abs(high - reference.high)).toBeLessThanOrEqual(near);
    expect(penaltyInterval(penalty, top.length)).toEqual({ low, high });
  });

  test("is a point where every image is answered alike, and needs images", () => {
    const none = { value: 0, standardError: 0 };
    expect(penaltyInterval(none, 100)).toEqual({ low: 0, high: 0 });
    expect(penaltyInterval({ value: 1, standardError: 0 }, 100)).toEqual({ low: 1, high: 1 });
    expect(() => penaltyInterval(none, 0)).toThrow("images: expected at least one, found 0");
  });
});
