/**
 * Computes what does not depend on the images: weights that are reshaped, masks, and the integers of
 * shape arithmetic, which most exporters write into their graphs.
 *
 * The number of images is not known. Everything is therefore computed for three of them: what is
 * the same for all is a constant, and whole numbers that are a + b n for all become one that knows
 * its b. What is neither stays a node, such as a tensor repeated for each image.
 */
import { LabError } from "../../errors";
import { onnxOperators, operators } from "../operators/registry";
import { refusedNode, type Call, type Operator } from "../operators/interface/operator";
import type { Graph, GraphNode, ValueName } from "../graph";
import { orderedGraph } from "../graph";
import { hostIntegers, sizeOf, valueAt, type HostTensor, type Shape } from "../host-tensor";

const imageCounts = [2, 3, 5] as const;

/** A value for each of the numbers of images. */
type Each<T> = readonly [T, T, T];

/**
 * No constant that a node makes may be larger: nothing that a network holds is, and a file of a
 * hundred bytes could ask for more memory than there is.
 */
const largestConstant = 2 ** 26;

/** @throws LabError `bad-file` for an unknown operator, or sizes that do not fit */
export function foldConstants(graph: Graph): Graph {
  const values = new Map<ValueName, Each<HostTensor>>();
  const shapes = new Map<ValueName, Each<Shape>>();
  for (const [name, constant] of graph.constants) {
    values.set(
      name,
      each((k) => valueAt(constant, imageCounts[k])),
    );
    shapes.set(
      name,
      each(() => constant.shape),
    );
  }
  shapes.set(
    graph.input,
    each((k) => [imageCounts[k], ...graph.imageShape]),
  );
  const constants = new Map(graph.constants);
  const nodes: GraphNode[] = [];
  for (const node of graph.nodes) {
    const operator = operatorOf(node, graph.name);
    const calls = each((k): Call => ({
      node,
      shapes: node.inputs.map((name) => (name === undefined ? undefined : shapes.get(name)?.[k])),
      constants: node.inputs.map((name) =>
        name === undefined ? undefined : values.get(name)?.[k],
      ),
    }));
    const known = foldedNode(operator, calls);
    if (known) {
      values.set(node.output, known);
      shapes.set(
        node.output,
        each((k) => known[k].shape),
      );
      const constant = overImages(known);
      if (constant) {
        constants.set(node.output, constant);
        continue;
      }
    } else {
      shapes.set(
        node.output,
        each((k) => sizeWithin(node, operator.shape(calls[k]))),
      );
    }
    nodes.push(node);
  }
  return orderedGraph({ ...graph, nodes, constants });
}

/** @throws LabError naming the node and the operators that are known */
export function operatorOf(node: GraphNode, graph: string): Operator {
  const operator = Object.hasOwn(operators, node.operator) ? operators[node.operator] : undefined;
  if (operator) return operator;
  throw new LabError({
    code: "bad-file",
    input: `${graph}: node ${node.name}`,
    expected: `an operator of ${onnxOperators.join(", ")}`,
    found: node.operator.slice(0, 120),
  });
}

function foldedNode({ fold, shape }: Operator, calls: Each<Call>): Each<HostTensor> | undefined {
  const [call] = calls;
  const { node } = call;
  const isKnown =
    node.operator === "Shape" ||
    node.inputs.every((name, at) => name === undefined || call.constants[at]);
  if (!fold || !isKnown) return undefined;
  // An output of images is too large to be known, whatever it is made of.
  for (const each of calls) if (sizeOf(shape(each)) > largestConstant) return undefined;
  const compute = (call: Call): HostTensor => fold({ ...call, inputs: call.constants });
  const isShared = calls.every(({ shapes, constants }) =>
    constants.every(
      (constant, at) => constant === call.constants[at] && sameShape(shapes[at], call.shapes[at]),
    ),
  );
  if (!isShared) return [compute(calls[0]), compute(calls[1]), compute(calls[2])];
  const once = compute(call);
  return [once, once, once];
}

function sizeWithin(node: GraphNode, shape: Shape): Shape {
  if (shape.every((size) => Number.isSafeInteger(size) && size >= 0)) return shape;
  throw refusedNode(node, "sizes of at least 0", shape.join(","));
}

/** One constant for any number of images; undefined where there is none. */
function overImages(known: Each<HostTensor>): HostTensor | undefined {
  const [two, three, five] = known;
  if (two === three && three === five) return two;
  if (!sameShape(two.shape, three.shape) || !sameShape(two.shape, five.shape)) return undefined;
  const isSame = two.data.every(
    (value, at) => Object.is(value, three.data[at]) && Object.is(value, five.data[at]),
  );
  if (isSame) return two;
  if (two.type !== "int" || three.type !== "int" || five.type !== "int") return undefined;
  const perImage = Float64Array.from(two.data, (value, at) => (three.data[at] ?? 0) - value);
  const start = Float64Array.from(two.data, (value, at) => value - 2 * (perImage[at] ?? 0));
  const isLinear = start.every((value, at) => value + 5 * (perImage[at] ?? 0) === five.data[at]);
  return isLinear ? { ...hostIntegers(two.shape, start), perImage } : undefined;
}

function sameShape(a: Shape | undefined, b: Shape | undefined): boolean {
  return a === b || a?.join() === b?.join();
}

function each<T>(make: (k: 0 | 1 | 2) => T): Each<T> {
  return [make(0), make(1), make(2)];
}
