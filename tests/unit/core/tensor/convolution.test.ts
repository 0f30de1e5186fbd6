import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LabError } from "../../../../src/core/errors";
import { kernels } from "../../../../src/core/tensor/backend";
import type { FrozenConvolution } from "../../../../src/core/tensor/convolution";
import { tf, type Tensor4D } from "../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../backend";
import { fixture, type NumberArray } from "../../fixtures";
import { gradientsSchema } from "../gradients-fixture";
import { largestDifference } from "../numbers";

const { convolutions } = fixture("gradients", gradientsSchema);

const tensor = ({ shape, values }: NumberArray): Tensor4D => {
  const [a = 0, b = 0, c = 0, d = 0] = shape;
  return tf.tensor4d(values, [a, b, c, d]);
};

/** PyTorch's [c₂, c₁, k, k] as [k, k, c₁, c₂]. */
const kernelOf = (array: NumberArray): Tensor4D =>
  tf.tidy(() => tf.transpose(tensor(array), [2, 3, 1, 0]));

describeOnEachBackend("a frozen convolution", () => {
  describe.each(convolutions)("$name", (reference) => {
    let convolution: FrozenConvolution;
    beforeAll(() => {
      convolution = kernels().frozenConvolution(
        kernelOf(reference.kernel),
        tf.tensor1d(reference.bias.values),
        reference.stride === 2 ? 2 : 1,
      );
    });
    afterAll(() => convolution.dispose());

    test("has PyTorch's output", async () => {
      const output = tf.tidy(() => convolution.forward(tensor(reference.input), "linear"));
      expect(output.shape).toEqual(reference.output.shape);
      expect(largestDifference(await output.data(), reference.output.values)).toBeLessThan(1e-5);
      output.dispose();
    });

    test("has the output clipped at 0 with a ReLU", async () => {
      const output = tf.tidy(() => convolution.forward(tensor(reference.input), "relu"));
      const clipped = reference.output.values.map((value) => Math.max(0, value));
      expect(largestDifference(await output.data(), clipped)).toBeLessThan(1e-5);
      output.dispose();
    });

    test("has PyTorch's gradient with respect to its input", async () => {
      const gradient = tf.tidy(() => convolution.inputGradient(tensor(reference.outputGradient)));
      expect(gradient.shape).toEqual(reference.inputGradient.shape);
      const difference = largestDifference(await gradient.data(), reference.inputGradient.values);
      expect(difference).toBeLessThan(1e-5);
      gradient.dispose();
    });
  });

  test.each([
    { why: "an even kernel", shape: [2, 2, 1, 1] as const, stride: 1 as const },
    { why: "an oblong kernel", shape: [3, 1, 1, 1] as const, stride: 1 as const },
    { why: "a 5×5 kernel with stride 2", shape: [5, 5, 1, 1] as const, stride: 2 as const },
  ])("$why is refused", ({ shape, stride }) => {
    tf.tidy(() => {
      expect(() =>
        kernels().frozenConvolution(tf.zeros([...shape]), tf.zeros([1]), stride),
      ).toThrow(LabError);
    });
  });
});
