/**
 * What an operator of a graph is. One file each: its shape, its value where everything it reads is
 * known, its computation on the device with the gradient with respect to what it reads, its cost.
 */
import { LabError } from "../../../errors";
import type { Tensor, Tensor4D } from "../../../tensor/tf";
import type { GraphNode } from "../../graph";
import {
  floatBytes,
  sizeOf,
  type HostFloats,
  type HostTensor,
  type Shape,
} from "../../host-tensor";

/** A node, and what is known of the values that it reads, in its order. */
export interface Call {
  readonly node: GraphNode;
  /** Sizes for a given number of images; undefined for an absent input. */
  readonly shapes: readonly (Shape | undefined)[];
  /** Null for a value that depends on the images. */
  readonly constants: readonly (HostTensor | undefined)[];
}

export interface Operator {
  /** Size of the output. @throws LabError where the inputs or attributes are not possible */
  readonly shape: (call: Call) => Shape;
  /** The output where every input is known; absent where that never matters. */
  readonly fold?: (call: KnownCall) => HostTensor;
  /** Absent for operators that only compute sizes: nothing that depends on images may use them. */
  readonly prepare?: (call: Call) => Runner;
  /**
   * The computation with its parameters among the inputs, and their gradients. Absent for operators
   * without parameters: what `prepare` makes is enough.
   */
  readonly train?: (call: Call) => TrainedRunner;
  /**
   * Multiplications, additions and comparisons, each counted, and one for a function such as exp;
   * absent for one for each number of the output.
   */
  readonly flops?: (call: Call, output: Shape) => number;
  /** Absent for next to none. */
  readonly workBytes?: (call: Call, output: Shape) => WorkBytes;
}

/** What an operator needs besides what it reads and gives, in bytes. */
export interface WorkBytes {
  readonly forward: number;
  /** What `trace` leaves until the pullback; absent for nothing. */
  readonly kept?: number;
  readonly pullback: number;
}

/** Work in arrays of the size of a shape. */
export function workArrays(shape: Shape, forward: number, pullback: number): WorkBytes {
  const array = floatBytes * sizeOf(shape);
  return { forward: forward * array, pullback: pullback * array };
}

/** A call all of whose inputs are known. */
export interface KnownCall extends Call {
  readonly inputs: readonly (HostTensor | undefined)[];
}

/**
 * A node on the device. Owns its constants until `dispose`. Inputs are in the node's order, undefined
 * where absent or constant; the caller owns them. To be called inside a `tidy`.
 */
export interface Runner {
  /** @param n the number of images */
  forward(inputs: Inputs, n: number): Tensor;
  /** Like `forward`, kept differentiable. */
  trace(inputs: Inputs, n: number): TracedNode;
  /** Which tensors the pullback reads again; all of them when absent. */
  readonly keeps?: { readonly inputs: boolean; readonly output: boolean };
  /** Whether the pullback adds and masks by itself, see `Epilogue`. */
  readonly fusesEpilogue?: true;
  /**
   * Whether the output is a ReLU's. Its gradient then reaches the pullback with zeros where the
   * output is not positive.
   */
  readonly endsInRelu?: boolean;
  dispose(): void;
}

/** A node in training. Its parameters are inputs like any other, in the layout of `toDevice`. */
export interface TrainedRunner {
  /** The inputs that are trained, by their places. */
  readonly parameters: readonly number[];
  /** A parameter as `trace` reads it, from a file's layout, and back; absent where they are the same. */
  readonly layout?: {
    readonly toDevice: (parameter: HostFloats) => HostFloats;
    readonly toHost: (parameter: HostFloats) => HostFloats;
  };
  /** See `Runner`. */
  readonly endsInRelu?: boolean;
  /** @param wanted of which inputs the pullback gives the gradient */
  trace(inputs: Inputs, wanted: readonly boolean[]): TrainedNode;
}

export interface TrainedNode {
  readonly output: Tensor;
  /** @returns the gradient with respect to each input that is wanted */
  readonly pullback: (gradient: Tensor) => (Tensor | undefined)[];
  /** What running statistics, the inputs at these places, move towards. */
  readonly statistics?: readonly { readonly at: number; readonly value: Tensor }[];
}

export type Inputs = readonly (Tensor | undefined)[];

export interface TracedNode {
  readonly output: Tensor;
  /**
   * @param gradient of the loss with respect to `output`, of the same shape
   * @param epilogue only given to those that fuse it, for the gradient of the first input
   * @returns the gradient with respect to each input; undefined where it is absent or constant
   */
  readonly pullback: (gradient: Tensor, epilogue?: Epilogue) => (Tensor | undefined)[];
}

/** What is done to a gradient before it is stored; both have its shape. */
export interface Epilogue {
  /** Added first. */
  readonly addend?: Tensor4D;
  /** A ReLU's output: the gradient passes where it is positive. */
  readonly mask?: Tensor4D;
}

/** Returns an input that the operator cannot do without. */
export function inputShape({ node, shapes }: Call, at: number): Shape {
  const shape = shapes[at];
  if (shape) return shape;
  throw refusedNode(node, `${at + 1} inputs or more`, `${node.inputs.length}`);
}

/** Returns an input that must be known when the network is loaded. */
export function constantInput({ node, constants }: Call, at: number): HostTensor {
  const found = constants[at];
  if (found) return found;
  const what =
    node.inputs[at] === undefined ? "no such input" : "a value that depends on the images";
  throw refusedNode(node, `input ${at + 1} to be a constant`, what);
}

export function refusedNode(node: GraphNode, expected: string, found: string): LabError {
  return new LabError({
    code: "bad-file",
    input: `node ${node.name} (${node.operator})`,
    expected,
    found,
  });
}

export function shapeText(shape: Shape): string {
  return `[${shape.join(",")}]`;
}

/** Returns an input that `shape` has found to be there. */
export function given(x: Tensor | undefined): Tensor {
  if (x) return x;
  throw new TypeError("a node's input: expected a tensor, found none");
}

/** Returns a known input that `shape` has found to be there. */
export function known(x: HostTensor | undefined): HostTensor {
  if (x) return x;
  throw new TypeError("a node's input: expected a known value, found none");
}
