import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { myrtleSegments } from "../../../../src/core/nets/myrtle";
import { resnetSegments } from "../../../../src/core/nets/resnet";
import type { Segment } from "../../../../src/core/graph/segment";
import { vitSegments } from "../../../../src/core/nets/vit";
import { tf } from "../../../../src/core/tensor/tf";
import type { State } from "../../../../src/core/weights/state";
import { describeOnEachBackend } from "../../backend";
import { fixture, stateOf, type NumberArray } from "../../fixtures";
import { gradientsSchema, type SegmentReference } from "../gradients-fixture";
import { largestDifference } from "../numbers";

const { resnet, myrtle, vit } = fixture("gradients", gradientsSchema);

const myrtleState: State = new Map(
  Object.entries(myrtle.state).map(([name, { shape, values }]) => [
    name,
    { shape, values: Float32Array.from(values) },
  ]),
);

const networks = [
  {
    family: "ResNet",
    references: resnet.segments,
    build: () =>
      resnetSegments(stateOf(resnet), { family: "resnet", blocks: [1, 1, 1, 1], width: 4 }),
  },
  {
    family: "the five-layer CNN",
    references: myrtle.segments,
    build: () => myrtleSegments(myrtleState, { family: "myrtle", width: myrtle.width }),
  },
  {
    family: "the Vision Transformer",
    references: vit.segments,
    build: () =>
      vitSegments(stateOf(vit), { family: "vit", dim: 16, depth: 2, heads: 2, patch: 8 }),
  },
];

describeOnEachBackend("a segment", () => {
  describe.each(networks)("of $family", ({ references, build }) => {
    let segments: Segment[];
    beforeAll(() => {
      segments = build().map((make) => make());
    });
    afterAll(() => {
      for (const segment of segments) segment.dispose();
    });

    test.each(references)("$name has PyTorch's output", async (reference) => {
      const output = tf.tidy(() => segmentAt(reference).forward(tensor(reference.input)));
      await expectClose(output, reference.output);
    });

    test.each(references)("$name has PyTorch's output when traced", async (reference) => {
      const output = tf.tidy(() => segmentAt(reference).trace(tensor(reference.input)).output);
      await expectClose(output, reference.output);
    });

    test.each(references)("$name has PyTorch's input gradient", async (reference) => {
      const gradient = tf.tidy(() => {
        const { pullback } = segmentAt(reference).trace(tensor(reference.input));
        return pullback(tensor(reference.outputGradient));
      });
      await expectClose(gradient, reference.inputGradient);
    });

    function segmentAt({ index }: SegmentReference): Segment {
      const segment = segments[index];
      if (!segment) throw new Error(`there is no segment ${index}`);
      return segment;
    }
  });
});

function tensor({ shape, values }: NumberArray): ReturnType<typeof tf.tensor> {
  return tf.tensor(values, shape, "float32");
}

async function expectClose(
  found: ReturnType<typeof tf.tensor>,
  { shape, values }: NumberArray,
): Promise<void> {
  expect(found.shape).toEqual(shape);
  expect(largestDifference(await found.data(), values)).toBeLessThan(1e-5);
  found.dispose();
}
