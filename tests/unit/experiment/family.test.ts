/** Names of stitch families. */
import { describe, expect, test } from "vitest";
import {
  familySchema,
  isClosedForm,
  mustBeTrained,
  shareOf,
  trainedRankOf,
} from "../../../src/experiment/family";

describe("the name of a sparse family", () => {
  test.each([
    ["sparse-1", 1],
    ["sparse-0.5", 0.5],
    ["sparse-0.05", 0.05],
    ["sparse-0.0001", 0.0001],
  ])("%s says its share", (family, share) => {
    expect(familySchema.parse(family)).toBe(family);
    expect(shareOf(family)).toBe(share);
    expect([mustBeTrained(family), isClosedForm(family)]).toEqual([true, false]);
  });

  test.each([
    "0",
    "0.0",
    "0.00",
    "0.10",
    "1.0",
    "2",
    "01",
    ".5",
    "0.00001",
    "-0.1",
    "1e-1",
    "10%",
    "",
  ])("is refused with the share “%s”", (share) => {
    expect(familySchema.safeParse(`sparse-${share}`).success).toBe(false);
    expect(shareOf(`sparse-${share}`)).toBeUndefined();
  });
});

test("a trained rank is a family that must be trained, unlike a rank in closed form", () => {
  expect(trainedRankOf(familySchema.parse("trained-rank-16"))).toBe(16);
  expect([mustBeTrained("trained-rank-16"), isClosedForm("trained-rank-16")]).toEqual([
    true,
    false,
  ]);
  expect([mustBeTrained("rank-16"), isClosedForm("rank-16")]).toEqual([false, true]);
  for (const wrong of ["trained-rank-0", "trained-rank-01", "trained-rank-", "trained-rank-1.5"]) {
    expect(familySchema.safeParse(wrong).success).toBe(false);
  }
});
