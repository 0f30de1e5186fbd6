import { expect, test } from "vitest";
import {
  megabytes,
  percent,
  signedPoints,
  timeLeft,
  unbroken,
} from "../../../../src/lab/format/numbers";
import { defaultSpec, withOtherCurves, type Curve } from "../../../../src/experiment/spec";
import { curveLabel } from "../../../../src/lab/format/labels";

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

test("a curve's label names what sets it apart from the others", () => {
  const alone = defaultSpec("resnet18-w16-s0", "resnet18-w16-s1", "paper");
  const [first] = alone.curves;
  const { top, bottom } = first;
  expect(curveLabel(first, alone)).toBe("resnet18-w16-s1");
  const kernel: Curve = { ...first, family: "kernel-3" };
  const both = withOtherCurves(alone, [kernel]);
  expect(curveLabel(first, both)).toBe("resnet18-w16-s1, affine, 1 × 1");
  expect(curveLabel(kernel, both)).toBe("resnet18-w16-s1, 3 × 3 kernel");
  const other: Curve = {
    top: bottom,
    bottom: top,
    seed: 2,
    family: first.family,
    perturbation: "noise-8",
  };
  expect(curveLabel(other, withOtherCurves(alone, [other]))).toBe(
    "resnet18-w16-s0 into resnet18-w16-s1, seed 2, 8 noise channels",
  );
});

test("a number stays on the line of the word before it, and with its standard error", () => {
  expect(unbroken("at most +2.1 ± 0.3 at block 5").split(" ")).toEqual([
    "at",
    "most\u00a0+2.1\u00a0±\u00a00.3",
    "at",
    "block\u00a05",
  ]);
});
