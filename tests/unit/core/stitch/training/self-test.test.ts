import { describe, expect, test } from "vitest";
import {
  gradientSelfTest,
  relativeDifference,
  tokenGradientSelfTest,
  type GradientSelfTest,
} from "../../../../../src/core/stitch/training/self-test";
import { useBackend, type NodeBackend } from "../../../backend";

async function gradientOn(
  backend: NodeBackend,
  make: () => GradientSelfTest,
): Promise<Float32Array> {
  await useBackend(backend);
  const selfTest = make();
  const gradient = await selfTest.run();
  selfTest.dispose();
  return gradient;
}

test.each([
  { below: "a ResNet", make: () => gradientSelfTest(4, 4) },
  { below: "a Vision Transformer", make: () => tokenGradientSelfTest(4, 2) },
])("wasm and plain JavaScript agree on the self-test's gradient below $below", async ({ make }) => {
  const expected = await gradientOn("cpu", make);
  expect(expected.some((value) => Math.abs(value) > 1e-4)).toBe(true);
  expect(relativeDifference(await gradientOn("wasm", make), expected)).toBeLessThan(1e-3);
});

describe("the difference of two gradients", () => {
  test("is relative to the largest entry of the expected one", () => {
    const expected = Float32Array.of(1, -4, 2);
    expect(relativeDifference(Float32Array.of(1, -4, 2), expected)).toBe(0);
    expect(relativeDifference(Float32Array.of(1, -3, 2.5), expected)).toBe(0.25);
  });

  test.each([0, 1, 2])("is infinite when entry %i is not a number", (place) => {
    const gradient = Float32Array.of(1, -4, 2);
    gradient[place] = NaN;
    expect(relativeDifference(gradient, Float32Array.of(1, -4, 2))).toBe(Infinity);
  });

  test("is infinite for a gradient that is too short", () => {
    expect(relativeDifference(Float32Array.of(1), Float32Array.of(1, 1))).toBe(Infinity);
  });
});
