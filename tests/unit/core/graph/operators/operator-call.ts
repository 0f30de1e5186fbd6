/** Single nodes for tests: on the device with gradients, and by `fold`. */
import type { Attribute, GraphNode } from "../../../../../src/core/graph/graph";
import {
  hostFloats,
  hostIntegers,
  type HostTensor,
  type Shape,
} from "../../../../../src/core/graph/host-tensor";
import type { Call, Operator } from "../../../../../src/core/graph/operators/interface/operator";
import { operators } from "../../../../../src/core/graph/operators/registry";
import { seeded } from "../../../../../src/core/random/generator";
import { tf, type Tensor } from "../../../../../src/core/tensor/tf";
import { uniformArray } from "../../numbers";

/** An input of a node: what depends on images by its shape alone, or a constant. */
export type Input =
  { readonly images: Shape; readonly low?: number; readonly high?: number } | HostTensor;

export interface Example {
  readonly operator: string;
  readonly inputs: readonly (Input | undefined)[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

export const images = (...shape: number[]): Input => ({ images: shape });
export const between = (low: number, high: number, ...shape: number[]): Input => ({
  images: shape,
  low,
  high,
});
export const integers = (...values: number[]): HostTensor => hostIntegers([values.length], values);
export const single = (value: number): HostTensor => hostFloats([], [value]);
export const weights = (...shape: number[]): HostTensor =>
  hostFloats(
    shape,
    uniformArray(
      seeded(shape.length),
      shape.reduce((a, b) => a * b, 1),
    ),
  );

export function operatorOf({ operator }: Example): Operator {
  const found = operators[operator];
  if (!found) throw new RangeError(`${operator}: expected an operator of the registry`);
  return found;
}

function isKnown(input: Input): input is HostTensor {
  return "type" in input;
}

export function callOf({ operator, inputs, attributes = {} }: Example): Call {
  const node: GraphNode = {
    name: "here",
    operator,
    inputs: inputs.map((input, at) => input && `input ${at}`),
    output: "out",
    attributes,
  };
  return {
    node,
    shapes: inputs.map((input) => input && (isKnown(input) ? input.shape : input.images)),
    constants: inputs.map((input) => (input && isKnown(input) ? input : undefined)),
  };
}

/** Values for the inputs that depend on images; undefined for the others. */
export function valuesOf({ inputs }: Example): (HostTensor | undefined)[] {
  return inputs.map((input, at) => {
    if (!input || isKnown(input)) return undefined;
    const size = input.images.reduce((a, b) => a * b, 1);
    const values = uniformArray(seeded(at + 7), size, input.low ?? -1, input.high ?? 1);
    return hostFloats(input.images, values);
  });
}

/** By `fold`, with the images' values known too. */
export function folded(example: Example): HostTensor | undefined {
  const call = callOf(example);
  const values = valuesOf(example);
  const constants = call.constants.map((constant, at) => constant ?? values[at]);
  return operatorOf(example).fold?.({ ...call, constants, inputs: constants });
}

export interface OnDevice {
  readonly shape: Shape;
  readonly output: Float32Array;
  /** Of Σ output ∘ weights, for each input; by `pullback`. */
  readonly gradients: readonly (Float32Array | undefined)[];
  /** The same by central differences. */
  readonly differences: readonly (Float32Array | undefined)[];
}

/** Computes a node forward and its gradient in two ways. */
export function onDevice(example: Example, step = 1e-2): OnDevice {
  const call = callOf(example);
  const runner = operatorOf(example).prepare?.(call);
  if (!runner) throw new RangeError(`${example.operator}: expected one that runs on the device`);
  const values = valuesOf(example);
  const n = values.find((value) => value)?.shape[0] ?? 1;
  const tensorOf = (value: HostTensor): Tensor =>
    tf.tensor(Float32Array.from(value.data), [...value.shape], "float32");
  const forward = (
    given: readonly (HostTensor | undefined)[],
  ): { shape: Shape; data: Float32Array } => {
    const output = tf.tidy(() =>
      runner.forward(
        given.map((value) => value && tensorOf(value)),
        n,
      ),
    );
    const data = Float32Array.from(output.dataSync());
    output.dispose();
    return { shape: output.shape, data };
  };
  const { shape, data } = forward(values);
  const upstream = uniformArray(seeded(99), data.length);
  const read: { traced?: Float32Array } = {};
  const gradients: (Float32Array | undefined)[] = [];
  tf.tidy(() => {
    const { output, pullback } = runner.trace(
      values.map((value) => value && tensorOf(value)),
      n,
    );
    read.traced = Float32Array.from(output.dataSync());
    for (const part of pullback(tf.tensor(upstream, [...shape], "float32"))) {
      gradients.push(part && Float32Array.from(part.dataSync()));
    }
  });
  const loss = (given: readonly (HostTensor | undefined)[]): number =>
    forward(given).data.reduce((sum, value, at) => sum + value * (upstream[at] ?? 0), 0);
  const differences = centralDifferences(values, loss, step);
  runner.dispose();
  if (read.traced?.join() !== data.join()) throw new RangeError("trace and forward differ");
  return { shape, output: data, gradients, differences };
}

/** The gradient of a loss with respect to each value, by central differences. */
export function centralDifferences(
  values: readonly (HostTensor | undefined)[],
  loss: (values: readonly (HostTensor | undefined)[]) => number,
  step: number,
): (Float32Array | undefined)[] {
  return values.map((value, at) => {
    if (!value) return undefined;
    const moved = (place: number, by: number): number => {
      const data = Float32Array.from(value.data);
      data[place] = (data[place] ?? 0) + by;
      return loss(values.with(at, hostFloats(value.shape, data)));
    };
    return Float32Array.from(
      value.data,
      (_, place) => (moved(place, step) - moved(place, -step)) / (2 * step),
    );
  });
}
