import { expect, test } from "vitest";
import { defaultSpec, withOtherCurves, type Curve } from "../../../../src/experiment/spec";
import { curveLabel } from "../../../../src/lab/format/labels";

test("a curve's label names what sets it apart from the others", () => {
  const alone = defaultSpec("resnet18-w16-s0", "resnet18-w16-s1", "paper");
  const [first] = alone.curves;
  const { top, bottom } = first;
  expect(curveLabel(first, alone)).toBe("resnet18-w16-s1");
  const kernel: Curve = { ...first, family: "kernel-3" };
  const both = withOtherCurves(alone, [kernel]);
  expect(curveLabel(first, both)).toBe("resnet18-w16-s1, affine, 1 × 1");
  expect(curveLabel(kernel, both)).toBe("resnet18-w16-s1, kernel 3 × 3");
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
