import { expect, test } from "vitest";
import { megabytes, percent, signedPoints, timeLeft } from "../../../../src/lab/format/numbers";

test("differences of errors are signed percentage points, except zero", () => {
  expect(signedPoints(0.0194)).toBe("+1.9");
  expect(signedPoints(-0.004)).toBe("−0.4");
  expect(signedPoints(-0.0004)).toBe("0.0");
});

test("errors are percentages", () => {
  expect(percent(0.0983)).toBe("9.8%");
});

test("sizes are in millions of bytes, as downloads are", () => {
  expect(megabytes(1_416_452)).toBe("1.4 MB");
});

test.each([
  [3_000, "a few seconds left"],
  [42_000, "about 40 s left"],
  [58_000, "about 1 min left"],
  [179_000, "about 3 min left"],
  [59 * 60_000, "about 1.0 h left"],
  [5_400_000, "about 1.5 h left"],
])("%i ms are %s", (remainingMs, text) => {
  expect(timeLeft(remainingMs)).toBe(text);
});
