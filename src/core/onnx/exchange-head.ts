/**
 * Exchanges the last linear layer of a network in an ONNX file, in the file itself: what computes
 * the features stays byte for byte, the rest is left out, and the new layer is appended.
 */
import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { Graph, GraphNode, ValueName } from "../graph/graph";
import type { LinearParameters } from "../tensor/linear";
import type { Metadata } from "../weights/safetensors";
import { readModel, type GraphMessage } from "./messages";

/**
 * Returns the value that the last linear layer reads, also where a softmax follows it; the output
 * itself where the network does not end in a linear layer, as a trunk does.
 *
 * @param graph with folded constants, before any other pass
 */
export function featuresValue(graph: Graph): ValueName {
  const makers = new Map(graph.nodes.map((node) => [node.output, node]));
  const isConstant = (name: ValueName | undefined): boolean =>
    name !== undefined && graph.constants.has(name);
  let value = graph.output;
  for (let node = makers.get(value); node && isSkipped(node); node = makers.get(value)) {
    const [input] = node.inputs;
    if (input === undefined) return graph.output;
    value = input;
  }
  const last = makers.get(value);
  if (!last) return graph.output;
  if (last.operator === "Gemm") return readByProduct(last, isConstant) ?? graph.output;
  if (last.operator !== "Add") return matMulInput(last, isConstant) ?? graph.output;
  const [term] = last.inputs.filter((name) => !isConstant(name));
  const product = term === undefined ? undefined : makers.get(term);
  const hasBias = last.inputs.some(isConstant);
  const features = hasBias && product ? matMulInput(product, isConstant) : undefined;
  return features ?? graph.output;
}

/** Changes no order of the answers. */
function isSkipped({ operator }: GraphNode): boolean {
  return ["Softmax", "LogSoftmax", "Identity"].includes(operator);
}

type IsConstant = (name: ValueName | undefined) => boolean;

function matMulInput(node: GraphNode, isConstant: IsConstant): ValueName | undefined {
  return node.operator === "MatMul" ? readByProduct(node, isConstant) : undefined;
}

function readByProduct({ inputs }: GraphNode, isConstant: IsConstant): ValueName | undefined {
  const [x, weight] = inputs;
  return isConstant(weight) && !isConstant(x) ? x : undefined;
}

/** Fields of ModelProto, GraphProto and their parts, see `messages.ts`. */
const fields = {
  model: { graph: 7, metadata: 14 },
  /** `sizes`, the shapes of inner values, may be of values that are left out. */
  graph: { node: 1, initializer: 5, output: 12, sizes: 13 },
  node: { input: 1, output: 2, name: 3, operator: 4, attribute: 5 },
  attribute: { name: 1, integer: 3, type: 20 },
  tensor: { dims: 1, type: 2, name: 8, raw: 9 },
  entry: { key: 1, value: 2 },
} as const;

/** AttributeProto.INT and TensorProto.FLOAT */
const [integerAttribute, floatTensor] = [2, 1];

/** What a new linear layer reads. */
export interface Features {
  /** Of a node of the file. */
  readonly value: ValueName;
  /** Whether it is [n, p, h, w], and the layer reads its mean over height and width; else [n, p]. */
  readonly isMap: boolean;
}

/**
 * Returns the file with a linear layer that reads `features`; its logits are the only output. The
 * same features and layer give the same file, whichever layer the file had before.
 *
 * @param head weight [classes, p] and bias [classes]
 * @param about metadata besides the file's own
 * @throws Error where the bytes are no such file
 */
export function withOnnxHead(
  bytes: Uint8Array,
  features: Features,
  head: LinearParameters,
  about: Metadata,
): Uint8Array {
  const { graph } = readModel(bytes);
  const kept = graph && keptOf(graph, features.value);
  const model = new BinaryWriter();
  copied(bytes, model, (field, value) => {
    if (field === fields.model.metadata) return !(value && about.has(entryOf(value)[0]));
    if (field !== fields.model.graph || !value || !kept) return true;
    writeMessage(model, field, graphWithHead(value, kept, features, head));
    return false;
  });
  for (const [key, value] of about) {
    const entry = new BinaryWriter();
    entry.tag(fields.entry.key, WireType.LengthDelimited).string(key);
    entry.tag(fields.entry.value, WireType.LengthDelimited).string(value);
    writeMessage(model, fields.model.metadata, entry.finish());
  }
  return model.finish();
}

/** Returns what an ONNX file says of itself, by key. @throws Error where the bytes are no such file */
export function onnxMetadata(bytes: Uint8Array): Metadata {
  const metadata = new Map<string, string>();
  copied(bytes, new BinaryWriter(), (field, value) => {
    if (field === fields.model.metadata && value) metadata.set(...entryOf(value));
    return false;
  });
  return metadata;
}

/** What computes the features, by places in the file. */
interface Kept {
  readonly nodes: ReadonlySet<number>;
  readonly initializers: ReadonlySet<number>;
  /** All that is named. */
  readonly names: ReadonlySet<string>;
}

function keptOf({ nodes, initializers }: GraphMessage, features: ValueName): Kept {
  const makers = new Map(
    nodes.flatMap(({ outputs }, at) => outputs.map((output) => [output, at] as const)),
  );
  const kept = new Set<number>();
  const names = new Set<string>();
  const open = [features];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    names.add(name);
    const at = makers.get(name);
    if (at === undefined || kept.has(at)) continue;
    kept.add(at);
    open.push(...(nodes[at]?.inputs ?? []));
  }
  const read = initializers.flatMap(({ name }, at) => (names.has(name) ? [at] : []));
  for (const at of kept) for (const output of nodes[at]?.outputs ?? []) names.add(output);
  return { nodes: kept, initializers: new Set(read), names };
}

function graphWithHead(
  bytes: Uint8Array,
  kept: Kept,
  features: Features,
  { weight, bias }: LinearParameters,
): Uint8Array {
  const graph = new BinaryWriter();
  const places = { nodes: 0, initializers: 0 };
  copied(bytes, graph, (field) => {
    if (field === fields.graph.node) return kept.nodes.has(places.nodes++);
    if (field === fields.graph.initializer) return kept.initializers.has(places.initializers++);
    return field !== fields.graph.output && field !== fields.graph.sizes;
  });
  const read = features.isMap ? writeMean(graph, features.value, kept) : features.value;
  const name = newNames(kept, "new_head");
  writeNode(graph, {
    ...{ operator: "Gemm", name: name("linear"), attributes: { transB: 1 } },
    ...{ inputs: [read, name("weight"), name("bias")], output: name("logits") },
  });
  const sizes = [bias.length, weight.length / bias.length];
  writeMessage(graph, fields.graph.initializer, tensor(name("weight"), sizes, weight));
  writeMessage(graph, fields.graph.initializer, tensor(name("bias"), [bias.length], bias));
  writeMessage(graph, fields.graph.output, outputInfo(name("logits"), bias.length));
  return graph.finish();
}

interface WrittenNode extends Omit<GraphNode, "inputs" | "attributes"> {
  readonly inputs: readonly ValueName[];
  readonly attributes: Readonly<Record<string, number>>;
}

/** Writes the mean of a map over height and width. Returns its name. */
function writeMean(graph: BinaryWriter, map: ValueName, kept: Kept): ValueName {
  const name = newNames(kept, "mean");
  const [pooled, flat] = [name("pooled"), name("flat")];
  const pooling = { operator: "GlobalAveragePool", name: pooled, inputs: [map], output: pooled };
  writeNode(graph, { ...pooling, attributes: {} });
  const flattening = { operator: "Flatten", name: flat, inputs: [pooled], output: flat };
  writeNode(graph, { ...flattening, attributes: {} });
  return flat;
}

/** NodeProto */
function writeNode(
  graph: BinaryWriter,
  { name, operator, inputs, output, attributes }: WrittenNode,
): void {
  const node = new BinaryWriter();
  const text = (field: number, value: string): BinaryWriter =>
    node.tag(field, WireType.LengthDelimited).string(value);
  for (const input of inputs) text(fields.node.input, input);
  text(fields.node.output, output);
  text(fields.node.name, name);
  text(fields.node.operator, operator);
  for (const [key, value] of Object.entries(attributes)) {
    const attribute = new BinaryWriter();
    attribute.tag(fields.attribute.name, WireType.LengthDelimited).string(key);
    attribute.tag(fields.attribute.integer, WireType.Varint).int64(value);
    attribute.tag(fields.attribute.type, WireType.Varint).int32(integerAttribute);
    writeMessage(node, fields.node.attribute, attribute.finish());
  }
  writeMessage(graph, fields.graph.node, node.finish());
}

/** Names that nothing has that is kept, from the first prefix that is free. */
function newNames({ names }: Kept, first: string): (part: string) => string {
  let prefix = first;
  while ([...names].some((name) => name.startsWith(prefix))) prefix += "_";
  return (part) => `${prefix}.${part}`;
}

/** TensorProto */
function tensor(name: string, dims: readonly number[], values: Float32Array): Uint8Array {
  const writer = new BinaryWriter();
  for (const size of dims) writer.tag(fields.tensor.dims, WireType.Varint).int64(size);
  writer.tag(fields.tensor.type, WireType.Varint).int32(floatTensor);
  writer.tag(fields.tensor.name, WireType.LengthDelimited).string(name);
  const raw = new Uint8Array(values.length * values.BYTES_PER_ELEMENT);
  const view = new DataView(raw.buffer);
  values.forEach((value, at) => view.setFloat32(at * values.BYTES_PER_ELEMENT, value, true));
  writeMessage(writer, fields.tensor.raw, raw);
  return writer.finish();
}

/** ValueInfoProto of [n, classes] floats: other readers of the file want the type of its output. */
function outputInfo(name: string, classes: number): Uint8Array {
  const dimension = (write: (writer: BinaryWriter) => void): Uint8Array => {
    const writer = new BinaryWriter();
    write(writer);
    return writer.finish();
  };
  const shape = new BinaryWriter();
  writeMessage(
    shape,
    1,
    dimension((writer) => writer.tag(2, WireType.LengthDelimited).string("n")),
  );
  writeMessage(
    shape,
    1,
    dimension((writer) => writer.tag(1, WireType.Varint).int64(classes)),
  );
  const tensorType = new BinaryWriter();
  tensorType.tag(1, WireType.Varint).int32(floatTensor);
  writeMessage(tensorType, 2, shape.finish());
  const type = new BinaryWriter();
  writeMessage(type, 1, tensorType.finish());
  const info = new BinaryWriter();
  info.tag(1, WireType.LengthDelimited).string(name);
  writeMessage(info, 2, type.finish());
  return info.finish();
}

function writeMessage(writer: BinaryWriter, field: number, message: Uint8Array): void {
  writer.tag(field, WireType.LengthDelimited).bytes(message);
}

/**
 * Copies a message field by field.
 *
 * @param keeps whether a field is copied; gets what is in it where that has a length
 */
function copied(
  bytes: Uint8Array,
  writer: BinaryWriter,
  keeps: (field: number, value: Uint8Array | undefined) => boolean,
): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const [field, wire] = reader.tag();
    const value = wire === WireType.LengthDelimited ? reader.bytes() : undefined;
    if (value === undefined) reader.skip(wire, field);
    if (keeps(field, value)) writer.raw(bytes.subarray(start, reader.pos));
  }
}

function entryOf(bytes: Uint8Array): [key: string, value: string] {
  let [key, value] = ["", ""];
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    if (field === fields.entry.key) key = reader.string();
    else if (field === fields.entry.value) value = reader.string();
    else reader.skip(wire, field);
  }
  return [key, value];
}
