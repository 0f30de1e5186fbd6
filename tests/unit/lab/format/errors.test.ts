import { expect, test } from "vitest";
import type { SiteFailure } from "../../../../src/experiment/report";
import { failureText } from "../../../../src/lab/format/errors";

const failure: SiteFailure = {
  site: 2,
  name: "stage 3",
  reason: "diverged",
  step: 7,
  seed: 4,
  found: "a loss of NaN",
};

test("a layer that diverged is explained with its step and seed", () => {
  expect(failureText(failure)).toBe(
    "Training diverged at step 7 (a loss of NaN); seed 4 reproduces it.",
  );
});

test("a layer whose numbers overflow before training has no step", () => {
  const found = "representations too large for float32";
  expect(failureText({ ...failure, step: null, found })).toBe(
    "Numbers overflow here (representations too large for float32), so nothing can be trained.",
  );
});
