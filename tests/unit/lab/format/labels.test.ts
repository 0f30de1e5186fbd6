import { expect, test } from "vitest";
import { defaultSpec } from "../../../../src/experiment/spec";
import { curveLabel } from "../../../../src/lab/format/labels";

test("a curve is called by what tells it from the others", () => {
  const first = defaultSpec("resnet18-w16-s0", "resnet18-w16-s1", "paper");
  const { top, bottom, seed, family, perturbation } = first;
  const same = { top, bottom, seed, family, perturbation };
  expect(curveLabel(first, first)).toBe("resnet18-w16-s1");
  const kernel = { ...same, family: "kernel-3" } as const;
  const both = { ...first, also: [kernel] };
  expect(curveLabel(first, both)).toBe("resnet18-w16-s1, affine, 1 × 1");
  expect(curveLabel(kernel, both)).toBe("resnet18-w16-s1, kernel 3 × 3");
  const other = { ...same, top: bottom, bottom: top, seed: 2, perturbation: "noise-8" } as const;
  expect(curveLabel(other, { ...first, also: [other] })).toBe(
    "resnet18-w16-s0 into resnet18-w16-s1, seed 2, 8 noise channels",
  );
});
