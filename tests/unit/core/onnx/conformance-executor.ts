/**
 * Runs single operators on any inputs: by `fold`, with everything known, and on the device, with the
 * first input and the others that an operator lets depend on images.
 */
import type { GraphNode, ValueName } from "../../../../src/core/graph/graph";
import { hostFloats, type HostTensor } from "../../../../src/core/graph/host-tensor";
import { operators } from "../../../../src/core/graph/operators/registry";
import type { Call, Operator } from "../../../../src/core/graph/operators/interface/operator";
import { spatialOperators } from "../../../../src/core/graph/passes/channels-last";
import { tf, type Tensor } from "../../../../src/core/tensor/tf";
import type { ConformanceCase } from "./conformance-case";

/** Inputs that may depend on images, besides the first. */
const several = new Set(["Add", "Concat", "Div", "MatMul", "Mul", "Pow", "PRelu", "Sub", "Where"]);

export type Ways = "fold" | "device";

/** @returns the outputs; undefined where an operator has no such way */
export function run(example: ConformanceCase, way: Ways): Map<ValueName, HostTensor> | undefined {
  const values = new Map(example.constants);
  for (const node of example.nodes) {
    const operator = operators[node.operator];
    if (!operator) throw new RangeError(`${node.operator}: expected an operator of the registry`);
    const output =
      way === "fold" ? folded(operator, node, values) : computed(operator, node, values);
    if (!output) return undefined;
    values.set(node.output, output);
  }
  return values;
}

function folded(
  operator: Operator,
  node: GraphNode,
  values: ReadonlyMap<ValueName, HostTensor>,
): HostTensor | undefined {
  const call = callOf(node, values, () => true);
  const shape = operator.shape(call);
  const output = operator.fold?.({ ...call, inputs: call.constants });
  if (output && output.shape.join() !== shape.join()) {
    throw new RangeError(`fold gives [${output.shape.join()}], shape says [${shape.join()}]`);
  }
  return output;
}

function computed(
  operator: Operator,
  node: GraphNode,
  values: ReadonlyMap<ValueName, HostTensor>,
): HostTensor | undefined {
  if (!operator.prepare) return undefined;
  const [first] = node.inputs;
  const image = first === undefined ? undefined : values.get(first);
  const isSpatial = spatialOperators.has(node.operator) && image?.shape.length === 4;
  const own = isSpatial ? { ...node, attributes: { ...node.attributes, channelsLast: 1 } } : node;
  const isConstant = (at: number, value: HostTensor): boolean =>
    node.operator === "ConstantOfShape" ||
    value.type !== "float" ||
    (at > 0 && !several.has(node.operator));
  const call = callOf(own, values, isConstant, isSpatial);
  const shape = operator.shape(call);
  const runner = operator.prepare(call);
  try {
    const output = tf.tidy(() => {
      const inputs = node.inputs.map((name, at): Tensor | undefined => {
        const value = name === undefined ? undefined : values.get(name);
        if (!value || isConstant(at, value)) return undefined;
        const tensor = tf.tensor(Float32Array.from(value.data), [...value.shape], "float32");
        return isSpatial && at === 0 ? tf.transpose(tensor, [0, 2, 3, 1]) : tensor;
      });
      const made = runner.forward(inputs, shape[0] ?? 1);
      if (made.shape.join() !== shape.join()) {
        throw new RangeError(`device gives [${made.shape.join()}], shape says [${shape.join()}]`);
      }
      return isSpatial ? tf.transpose(made, [0, 3, 1, 2]) : made.clone();
    });
    const read = hostFloats(output.shape, Float32Array.from(output.dataSync()));
    output.dispose();
    return read;
  } finally {
    runner.dispose();
  }
}

function callOf(
  node: GraphNode,
  values: ReadonlyMap<ValueName, HostTensor>,
  isConstant: (at: number, value: HostTensor) => boolean,
  isSpatial = false,
): Call {
  const all = node.inputs.map((name) => (name === undefined ? undefined : values.get(name)));
  return {
    node,
    shapes: all.map((value, at) => {
      if (!isSpatial || at > 0) return value?.shape;
      const [n = 1, c = 1, h = 1, w = 1] = value?.shape ?? [];
      return [n, h, w, c];
    }),
    constants: all.map((value, at) => (value && isConstant(at, value) ? value : undefined)),
  };
}
