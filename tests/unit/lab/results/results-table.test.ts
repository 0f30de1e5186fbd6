import { expect, test } from "vitest";
import { trainingText } from "../../../../src/lab/results/tables/ResultsTable";

test("a layer's training says how long it took and why it ended", () => {
  expect(trainingText({ steps: 1_170, stop: null, closedForm: false })).toBe("1,170 steps");
  expect(trainingText({ steps: 52, stop: "settled", closedForm: false })).toBe(
    "52 steps, converged",
  );
  expect(trainingText({ steps: 48, stop: "least-squares", closedForm: false })).toBe(
    "least squares is best",
  );
  expect(trainingText({ steps: 0, stop: "too-few-images", closedForm: false })).toBe(
    "too few training images",
  );
  expect(trainingText({ steps: 0, stop: null, closedForm: true })).toBe("closed form");
});
