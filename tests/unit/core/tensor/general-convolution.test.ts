/** Compares convolutions of every form with PyTorch's in float64. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { GraphNode } from "../../../../src/core/graph/graph";
import { hostFloats } from "../../../../src/core/graph/host-tensor";
import { conv } from "../../../../src/core/graph/operators/spatial/conv";
import type { Runner } from "../../../../src/core/graph/operators/interface/operator";
import * as z from "../../../../src/core/schema";
import { tf, type Rank, type Tensor, type Tensor4D } from "../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../backend";
import { arraySchema, fixture, type NumberArray } from "../../fixtures";
import { largestDifference } from "../numbers";

const cases = fixture(
  "convolutions",
  z.array(
    z.object({
      groups: z.int(),
      stride: z.array(z.int()),
      padding: z.array(z.int()),
      dilation: z.array(z.int()),
      x: arraySchema,
      kernel: arraySchema,
      bias: arraySchema,
      output: arraySchema,
      outputGradient: arraySchema,
      inputGradient: arraySchema,
    }),
  ),
).map((given) => ({
  ...given,
  name: `[${given.x.shape.join()}] by [${given.kernel.shape.join()}] in ${given.groups} groups, stride ${given.stride.join()}, dilation ${given.dilation.join()}`,
}));

const tensor = ({ values, shape }: NumberArray): Tensor4D =>
  tf.tensor<Rank.R4>(values, shape as [number, number, number, number]);
const host = ({ values, shape }: NumberArray) => hostFloats(shape, values);

function distance(make: () => Tensor | undefined, expected: ArrayLike<number>): number {
  const made: Tensor | undefined = tf.tidy(() => make() ?? tf.zeros([0]));
  const values = made.dataSync();
  made.dispose();
  return largestDifference(values, expected);
}

describeOnEachBackend("a convolution", () => {
  describe.each(cases)("of $name", (given) => {
    const node: GraphNode = {
      name: "conv",
      operator: "Conv",
      inputs: ["x", "kernel", "bias", "addend"],
      output: "y",
      attributes: {
        channelsLast: 1,
        group: given.groups,
        strides: given.stride,
        pads: given.padding,
        dilations: given.dilation,
        relu: 1,
      },
    };
    const { x, kernel, bias, output, outputGradient, inputGradient } = given;
    const call = (attributes: GraphNode["attributes"]) => ({
      node: { ...node, attributes: { ...node.attributes, ...attributes } },
      shapes: [x.shape, kernel.shape, bias.shape, output.shape],
      constants: [undefined, host(kernel), host(bias), undefined],
    });
    let plain: Runner | undefined;
    let rectified: Runner | undefined;
    let before = 0;
    beforeAll(() => {
      before = tf.memory().numTensors;
      plain = conv.prepare?.(call({ relu: 0 }));
      rectified = conv.prepare?.(call({}));
    });
    afterAll(() => {
      plain?.dispose();
      rectified?.dispose();
      expect(tf.memory().numTensors).toBe(before);
    });

    test("has PyTorch's output", () => {
      const forward = () => plain?.forward([tensor(x)], 1);
      expect(distance(forward, output.values)).toBeLessThan(1e-5);
    });

    test("adds an addend before its ReLU", () => {
      const addend = outputGradient.values;
      const expected = output.values.map((value, at) => Math.max(0, value + (addend[at] ?? NaN)));
      const forward = () =>
        rectified?.forward([tensor(x), undefined, undefined, tensor(outputGradient)], 1);
      expect(distance(forward, expected)).toBeLessThan(1e-5);
    });

    test("has PyTorch's input gradient", () => {
      const backward = () => plain?.trace([tensor(x)], 1).pullback(tensor(outputGradient))[0];
      expect(distance(backward, inputGradient.values)).toBeLessThan(1e-5);
    });

    test("adds an addend to its input gradient, then masks it", () => {
      const expected = inputGradient.values.map((value, at) => {
        const own = x.values[at] ?? NaN;
        return own > 0 ? value + own : 0;
      });
      const backward = () =>
        plain
          ?.trace([tensor(x)], 1)
          .pullback(tensor(outputGradient), { addend: tensor(x), mask: tensor(x) })[0];
      expect(distance(backward, expected)).toBeLessThan(1e-5);
    });
  });
});
