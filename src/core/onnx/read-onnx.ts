/**
 * Reads a network from an ONNX file (https://onnx.ai/onnx/intro/concepts.html), opset 11 to 21. Later
 * versions of an operator are written as the one that `core/graph` has.
 */
import { LabError } from "../errors";
import {
  orderedGraph,
  type Attribute,
  type Graph,
  type GraphNode,
  type ValueName,
} from "../graph/graph";
import { onnxOperators, ownOperators } from "../graph/operators/registry";
import { hostFloats, hostIntegers, type HostTensor } from "../graph/host-tensor";
import {
  isOnnx,
  readModel,
  type AttributeMessage,
  type GraphMessage,
  type ModelMessage,
  type NodeMessage,
  type ValueMessage,
} from "./messages";
import { decodeTensor } from "./tensor";
import { normalisedNode } from "./normalised-node";

/** What the caller knows besides the file. */
export interface OnnxOptions {
  /** Height and width of the images, where the file leaves them open. */
  readonly side?: number;
}

const oldestOpset = 11;
const newestOpset = 21;
/** The largest networks have some thousands; Swin-T as exported 6,647. */
const mostNodes = 100_000;

/**
 * @param name how errors name the file
 * @throws LabError `bad-file` for anything that is no network of one batch of images, also where
 *   weights are in another file, see `withWeightsInside`
 */
export function readOnnx(bytes: Uint8Array, name: string, options: OnnxOptions = {}): Graph {
  const model = parsed(bytes, name);
  const refused = (input: string, expected: string, found: string): LabError =>
    new LabError({ code: "bad-file", input: input ? `${name}: ${input}` : name, expected, found });
  const { graph, opset } = model;
  if (!graph || opset === undefined) throw refused("", "an ONNX model", "a file without a graph");
  if (opset < oldestOpset || opset > newestOpset) {
    throw refused("opset", `a version from ${oldestOpset} to ${newestOpset}`, String(opset));
  }
  if (graph.nodes.length > mostNodes) {
    throw refused("graph", `at most ${mostNodes} nodes`, String(graph.nodes.length));
  }
  const constants = new Map<ValueName, HostTensor>();
  for (const message of graph.initializers) {
    const where = `${name}: ${message.name}`;
    constants.set(message.name, decodeTensor(message, where));
  }
  const input = imageInput(graph, constants, refused);
  const [output] = graph.outputs;
  if (!output) throw refused("graph", "an output", "none");
  const nodes = graph.nodes.flatMap((message, at) =>
    nodesOf(message, at, { opset, name, constants }),
  );
  return orderedGraph({
    name,
    input: input.name,
    imageShape: imageShape(input, options.side, refused),
    output: output.name,
    nodes,
    constants,
  });
}

type Refused = (input: string, expected: string, found: string) => LabError;

/**
 * Whether the file leaves the height or width of its images open.
 *
 * @param name how errors name the file
 * @throws LabError `bad-file` for a damaged file
 */
export function leavesSizeOpen(bytes: Uint8Array, name: string): boolean {
  const { graph } = parsed(bytes, name);
  const weights = new Set(graph?.initializers.map((weight) => weight.name));
  const dims = graph?.inputs.find((input) => !weights.has(input.name))?.dims ?? [];
  return dims.length === 4 && dims.slice(2).some((dim) => typeof dim !== "number");
}

function parsed(bytes: Uint8Array, name: string): ModelMessage {
  try {
    return readModel(bytes);
  } catch (cause) {
    throw new LabError(
      {
        code: "bad-file",
        input: name,
        expected: "an ONNX model",
        found: cause instanceof Error ? cause.message : "bytes that are none",
      },
      { cause },
    );
  }
}

function imageInput(
  { inputs }: GraphMessage,
  constants: ReadonlyMap<ValueName, HostTensor>,
  refused: Refused,
): ValueMessage {
  // Old exporters list the weights among the inputs.
  const given = inputs.filter(({ name }) => !constants.has(name));
  const [input] = given;
  if (input && given.length === 1) return input;
  throw refused(
    "inputs",
    "one, a batch of images",
    given.length === 0
      ? "none"
      : given
          .map((other) => other.name)
          .slice(0, 5)
          .join(", "),
  );
}

/** [c, h, w] */
function imageShape(
  { name, dims }: ValueMessage,
  side: number | undefined,
  refused: Refused,
): number[] {
  const [, c, h = side, w = side] = dims ?? [];
  const height = typeof h === "string" ? side : h;
  const width = typeof w === "string" ? side : w;
  const isBatch = dims?.length === 4 && typeof c === "number" && c >= 1 && c <= 4096;
  if (!isBatch) {
    throw refused(
      name,
      "images [n, channels, height, width]",
      `[${(dims ?? []).map(String).join(",")}]`,
    );
  }
  if (height === undefined || width === undefined) {
    throw refused(name, "a known height and width", "sizes that the file leaves open");
  }
  if (height < 1 || width < 1 || height * width > 2 ** 24) {
    throw refused(name, "images of at most 4,096 × 4,096 pixels", `${height} × ${width}`);
  }
  return [c, height, width];
}

interface Surroundings {
  readonly opset: number;
  readonly name: string;
  /** Gets the constants that nodes define. */
  readonly constants: Map<ValueName, HostTensor>;
}

function nodesOf(message: NodeMessage, at: number, around: Surroundings): GraphNode[] {
  const { name } = around;
  const label = [message.name, ...message.outputs].find((text) => text !== "") ?? `number ${at}`;
  const refused = (expected: string, found: string): LabError =>
    new LabError({ code: "bad-file", input: `${name}: node ${label}`, expected, found });
  if (!isOnnx(message.domain)) {
    throw refused("an operator of ONNX", `${message.operator} of ${message.domain}`);
  }
  const attributes: Record<string, Attribute> = Object.create(null) as Record<string, Attribute>;
  for (const attribute of message.attributes) {
    const value = attributeValue(attribute, `${name}: ${label}: ${attribute.name}`);
    if (value !== undefined) attributes[attribute.name] = value;
  }
  // Others are refused where they are needed.
  if (ownOperators.includes(message.operator)) {
    throw refused(`an operator of ${onnxOperators.join(", ")}`, message.operator);
  }
  const [output] = message.outputs;
  if (output === undefined || output === "") throw refused("an output", "none");
  if (message.operator === "Constant") {
    around.constants.set(output, constantValue(attributes, refused));
    return [];
  }
  const node: GraphNode = {
    name: label,
    operator: message.operator,
    inputs: message.inputs.map((input) => (input === "" ? undefined : input)),
    output,
    attributes,
  };
  return normalisedNode(node, message.outputs, around);
}

function attributeValue({ value }: AttributeMessage, where: string): Attribute | undefined {
  if (typeof value !== "object" || !("dims" in value)) return value;
  return decodeTensor(value, where);
}

/** The value of a Constant node, in one of its attributes. */
function constantValue(
  attributes: Readonly<Record<string, Attribute>>,
  refused: (expected: string, found: string) => LabError,
): HostTensor {
  const { value, value_float: float, value_int: int } = attributes;
  const { value_floats: floats, value_ints: ints } = attributes;
  if (typeof value === "object" && "type" in value) return value;
  if (typeof float === "number") return hostFloats([], [float]);
  if (typeof int === "number") return hostIntegers([], [int]);
  if (Array.isArray(floats)) return hostFloats([floats.length], floats as readonly number[]);
  if (Array.isArray(ints)) return hostIntegers([ints.length], ints as readonly number[]);
  throw refused("a constant of numbers", Object.keys(attributes).join(", ") || "no value");
}
