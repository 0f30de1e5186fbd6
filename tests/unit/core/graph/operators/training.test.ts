/** The gradients with respect to parameters, operator by operator, against central differences. */
import { expect, test } from "vitest";
import {
  hostFloats,
  type HostFloats,
  type HostTensor,
} from "../../../../../src/core/graph/host-tensor";
import { operators } from "../../../../../src/core/graph/operators/registry";
import { kernels } from "../../../../../src/core/tensor/backend";
import { tf, type Tensor, type Tensor4D } from "../../../../../src/core/tensor/tf";
import { seeded } from "../../../../../src/core/random/generator";
import { describeOnEachBackend } from "../../../backend";
import { largestDifference, uniformArray } from "../../numbers";
import {
  callOf,
  centralDifferences,
  images,
  integers,
  operatorOf,
  single,
  valuesOf,
  weights,
  type Example,
} from "./operator-call";
import { example, last } from "./operator-examples";

const statistics = [weights(3), hostFloats([3], [1, 2, 0.5])];

const trained: readonly (readonly [name: string, example: Example])[] = [
  ["Add of a row", example("Add", [images(2, 3, 4), weights(4)])],
  ["Add of a map", example("Add", [images(2, 3, 4), weights(3, 4)])],
  [
    "BatchNormalization",
    example(
      "BatchNormalization",
      [images(3, 2, 2, 3), weights(3), weights(3), ...statistics],
      last,
    ),
  ],
  [
    "BatchNormalization with an addend and a ReLU",
    example(
      "BatchNormalization",
      [images(3, 2, 2, 3), weights(3), weights(3), ...statistics, images(3, 2, 2, 3)],
      { ...last, relu: 1 },
    ),
  ],
  [
    "Conv",
    example("Conv", [images(2, 4, 4, 2), weights(3, 2, 3, 3)], { ...last, pads: [1, 1, 1, 1] }),
  ],
  [
    "Conv with steps of two",
    example("Conv", [images(2, 4, 6, 3), weights(2, 3, 3, 3)], {
      ...last,
      pads: [1, 1, 1, 1],
      strides: [2, 2],
    }),
  ],
  ["Conv of single positions", example("Conv", [images(2, 3, 2, 4), weights(3, 4, 1, 1)], last)],
  ["LayerNormalization", example("LayerNormalization", [images(2, 3, 5), weights(5), weights(5)])],
  ["Linear", example("Linear", [images(2, 3, 4), weights(5, 4), weights(5)])],
  ["Pad with a number", example("Pad", [images(2, 3), integers(0, 1, 0, 2), single(5)])],
  ["Pad of a parameter", example("Pad", [weights(2, 3), integers(0, 1, 0, 2)])],
];

describeOnEachBackend("an operator in training", () => {
  test.each(trained)("%s has the gradients that differences have", (_, given) => {
    const before = tf.memory().numTensors;
    const { gradients, differences, parameters } = gradientsOf(given);
    differences.forEach((expected, at) => {
      if (!expected) return;
      expect(largestDifference(gradients[at] ?? [], expected), `input ${at + 1}`).toBeLessThan(
        5e-3,
      );
    });
    for (const at of parameters) expect(differences[at]).toBeDefined();
    expect(tf.memory().numTensors).toBe(before);
  });
});

test("every operator with parameters to train is among them", () => {
  const found = Object.keys(operators).filter((name) => operators[name]?.train);
  expect(new Set(trained.map(([, { operator }]) => operator))).toEqual(new Set(found));
});

interface Gradients {
  readonly gradients: readonly (Float32Array | undefined)[];
  /** Of Σ output ∘ weights, by central differences; undefined for what is not trained. */
  readonly differences: readonly (Float32Array | undefined)[];
  readonly parameters: readonly number[];
}

function gradientsOf(given: Example, step = 1e-2): Gradients {
  const call = callOf(given);
  const runner = operatorOf(given).train?.(call);
  if (!runner) throw new RangeError(`${given.operator}: expected an operator that is trained`);
  const { parameters, layout } = runner;
  const values = valuesOf(given).map((value, at): HostFloats | undefined => {
    const constant = call.constants[at];
    if (parameters.includes(at) && constant?.type === "float") {
      return at === 1 && layout ? layout.toDevice(constant) : constant;
    }
    return value?.type === "float" ? value : undefined;
  });
  const traced = (inputs: readonly (HostTensor | undefined)[]) =>
    runner.trace(
      inputs.map((value) => value && tensorOf(value)),
      inputs.map((value) => value !== undefined),
    );
  const outputOf = (inputs: readonly (HostTensor | undefined)[]): Float32Array =>
    tf.tidy(() => Float32Array.from(traced(inputs).output.dataSync()));
  const upstream = uniformArray(seeded(99), outputOf(values).length);
  const gradients = tf.tidy(() => {
    const { output, pullback } = traced(values);
    const gradient: Tensor = tf.tensor(upstream, output.shape);
    const masked = runner.endsInRelu
      ? kernels().reluGradient(gradient as Tensor4D, output as Tensor4D)
      : gradient;
    return pullback(masked).map((part) => part && Float32Array.from(part.dataSync()));
  });
  const loss = (inputs: readonly (HostTensor | undefined)[]): number =>
    outputOf(inputs).reduce((sum, value, at) => sum + value * (upstream[at] ?? 0), 0);
  const differences = centralDifferences(values, loss, step);
  return { gradients, differences, parameters };
}

function tensorOf({ data, shape }: HostTensor): Tensor {
  return tf.tensor(Float32Array.from(data), [...shape], "float32");
}
