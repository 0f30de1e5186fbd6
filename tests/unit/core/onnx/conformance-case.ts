/** Cases of ONNX's conformance data: a small model, its inputs and the outputs that it must give. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Attribute, GraphNode, ValueName } from "../../../../src/core/graph/graph";
import type { HostTensor } from "../../../../src/core/graph/host-tensor";
import { isOnnx, readModel, readTensor } from "../../../../src/core/onnx/messages";
import { normalisedNode } from "../../../../src/core/onnx/normalised-node";
import { decodeTensor } from "../../../../src/core/onnx/tensor";

/** Debian's package libonnx-testdata. */
export const conformanceFolder = "/usr/share/libonnx-testdata/data";

export interface ConformanceCase {
  readonly nodes: readonly GraphNode[];
  /** Initial values of the model and of its inputs. */
  readonly constants: ReadonlyMap<ValueName, HostTensor>;
  readonly inputs: ReadonlyMap<ValueName, HostTensor>;
  readonly outputs: ReadonlyMap<ValueName, HostTensor>;
}

/** Why a case is none of ours. */
export class NotClaimed extends Error {}

/** Names of cases, GROUP/CASE; none where the folder is missing. */
export function conformanceCases(): string[] {
  if (!existsSync(conformanceFolder)) return [];
  return ["node", "pytorch-converted", "pytorch-operator", "simple"].flatMap((group) =>
    readdirSync(join(conformanceFolder, group)).map((name) => `${group}/${name}`),
  );
}

/** Float32, int64 and bool. TensorProto.DataType. */
const claimedTypes = [1, 7, 9];

/**
 * @param claims whether an operator is one of ours
 * @throws NotClaimed for another operator, type or opset
 */
export function readCase(name: string, claims: (operator: string) => boolean): ConformanceCase {
  const folder = join(conformanceFolder, name);
  const { graph, opset = 0 } = readModel(new Uint8Array(readFileSync(join(folder, "model.onnx"))));
  if (!graph) throw new NotClaimed("no graph");
  const foreign = graph.nodes.find(
    ({ operator, domain }) => !isOnnx(domain) || !(claims(operator) || operator === "Split"),
  );
  if (foreign) throw new NotClaimed(`operator ${foreign.operator}`);
  const constants = new Map<ValueName, HostTensor>();
  for (const message of graph.initializers) {
    constants.set(message.name, decodeTensor(message, message.name));
  }
  const read = (kind: "input" | "output", at: number): HostTensor => {
    const path = join(folder, "test_data_set_0", `${kind}_${at}.pb`);
    const message = readTensor(new Uint8Array(readFileSync(path)));
    if (!claimedTypes.includes(message.type)) throw new NotClaimed("type");
    return decodeTensor(message, path);
  };
  const given = graph.inputs.filter((input) => !constants.has(input.name));
  const inputs = new Map(given.map((input, at) => [input.name, read("input", at)]));
  // Others than a node's first are for training.
  const claimed = new Set(
    graph.nodes.flatMap(({ operator, outputs }) =>
      operator === "Split" ? outputs : outputs.slice(0, 1),
    ),
  );
  const outputs = new Map(
    graph.outputs.flatMap(({ name: output }, at): [ValueName, HostTensor][] =>
      claimed.has(output) ? [[output, read("output", at)]] : [],
    ),
  );
  // Axes and sizes may be inputs, which the reader of files takes as constants.
  const known = new Map([...constants, ...inputs]);
  const nodes = graph.nodes.flatMap((message) => {
    const attributes: Record<string, Attribute> = {};
    for (const { name: key, value } of message.attributes) {
      if (value === undefined) continue;
      attributes[key] =
        typeof value === "object" && "dims" in value ? decodeTensor(value, key) : value;
    }
    const [output = ""] = message.outputs;
    const node: GraphNode = {
      name: message.name || output,
      operator: message.operator,
      inputs: message.inputs.map((input) => (input === "" ? undefined : input)),
      output,
      attributes,
    };
    return normalisedNode(node, message.outputs, { opset, constants: known });
  });
  return { nodes, constants: known, inputs, outputs };
}
