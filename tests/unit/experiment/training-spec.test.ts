import { expect, test } from "vitest";
import { trainingSpecSchema, usualTraining } from "../../../src/experiment/training-spec";

test("the usual training is a spec", () => {
  expect(trainingSpecSchema.parse(usualTraining)).toEqual(usualTraining);
});

test.each([
  [{ width: 0 }, "a whole number from 1 to 128"],
  [{ trainImages: 4 }, "a whole number from 128 to 2,000,000"],
  [{ seed: -1 }, "a whole number from 0 to 2,147,483,647"],
  [{ blocks: [2, 2] }, "3 or 4 stages"],
  [{ parts: 3 }, "a divisor of the batch size"],
  [{ batchSize: 256, trainImages: 128 }, "at least a whole batch"],
  [{ peakRate: 0 }, "a number above 0, at most 100"],
  [{ peakRate: NaN }, "a number above 0, at most 100"],
  [{ momentum: 2 }, "a number from 0 to 1"],
  [{ schedule: "warm" }, "one of one-cycle, steps, cosine"],
])("%o is refused", (change, expected) => {
  const { error } = trainingSpecSchema.safeParse({ ...usualTraining, ...change });
  expect(error?.issues[0]?.message).toBe(expected);
});
