/**
 * A network in a file that anybody may give: parameters by PyTorch's names in safetensors, or a
 * graph of operators in ONNX.
 */
import { LabError } from "../errors";
import type { Graph } from "../graph/graph";
import { graphSegments, tapShape } from "../graph/graph-segments";
import { sizeOf } from "../graph/host-tensor";
import { optimised } from "../graph/optimise";
import { shapesOf } from "../graph/shapes";
import { allTaps, defaultTaps } from "../graph/taps";
import { withMeanOutput } from "../onnx/mean-output";
import { leavesSizeOpen, readOnnx } from "../onnx/read-onnx";
import { usualSide, type Reading } from "../onnx/reading";
import { readingIn } from "../onnx/reading-in-file";
import { metadataOf, parseSafetensors } from "../weights/safetensors";
import type { State } from "../weights/state";
import { inputAndClasses, inputOf } from "./architecture";
import type { Architecture, GraphArchitecture } from "./architecture-schema";
import type { Size } from "./taps";
import { frozenNetwork, networkOf, type FrozenNetwork } from "./network";
import { checkParameters, parametersOf } from "./parameters";
import { plainNames } from "./recognise/published-names";
import { recogniseArchitecture } from "./recognise/recognise";

export type NetworkFile =
  | { readonly type: "state"; readonly state: State; readonly architecture: Architecture }
  | {
      readonly type: "graph";
      readonly graph: Graph;
      readonly architecture: GraphArchitecture;
      /** Whether the file leaves the size of its images open. */
      readonly isSizeOpen: boolean;
    };

/**
 * Reads names, shapes and operators; decodes no parameter of a safetensors file.
 *
 * @param name how errors name the file
 * @param known the architecture, where it is not to be recognised by the names of the parameters
 * @param image size of the images that the network is to read, where it can read any; an ONNX
 *   file's must be square
 * @throws LabError `bad-file` for a network that is not known or does not fit, else naming the first
 *   tensor or node that does not
 */
export function readNetworkFile(
  bytes: Uint8Array,
  name: string,
  known?: Architecture,
  image?: Size,
): NetworkFile {
  if (isOnnxFile(bytes)) {
    const reading = readingIn(bytes, name);
    const said = image ?? (known && inputOf(known));
    const side = reading.side ?? said?.height ?? usualSide;
    const graph = optimisedToNumbers(readOnnx(bytes, name, { side })).graph;
    const architecture = graphArchitecture(graph, reading);
    return { type: "graph", graph, architecture, isSizeOpen: leavesSizeOpen(bytes, name) };
  }
  const state = plainNames(parseSafetensors(bytes, name), name);
  const metadata = metadataOf(bytes, name);
  const architecture = known ?? recogniseArchitecture(state, name, metadata, image);
  checkParameters(state, architecture);
  return { type: "state", state, architecture };
}

export interface NetworkContents {
  /** Numbers that training finds. */
  readonly parameters: number;
  /** Kinds of operators of a graph as its nodes are computed, in alphabetical order. */
  readonly operators: readonly string[];
  /** Of a graph, the layers that it could be cut at. */
  readonly allTaps?: number;
  /** Whether an ONNX file leaves the size of its images open; absent where it does not. */
  readonly isSizeOpen?: true;
}

/** What is in a network's file; decodes nothing. */
export function contentsOf(file: NetworkFile): NetworkContents {
  if (file.type === "graph") {
    const sizes = [...file.graph.constants.values()].map(({ shape }) => sizeOf(shape));
    const operators = [...new Set(file.graph.nodes.map(({ operator }) => operator))].sort();
    return {
      parameters: sizes.reduce((sum, size) => sum + size, 0),
      operators,
      allTaps: allTaps(file.graph).length,
      ...(file.isSizeOpen && { isSizeOpen: true }),
    };
  }
  const sizes = parametersOf(file.architecture)
    .filter(([name]) => !/running_(mean|var)$/.test(name))
    .map(([, shape]) => sizeOf(shape));
  return { parameters: sizes.reduce((sum, size) => sum + size, 0), operators: [] };
}

/** Builds the network on the device. @throws LabError naming the first parameter that does not fit */
export function builtNetwork(file: NetworkFile): FrozenNetwork {
  if (file.type === "state") return frozenNetwork(file.state, file.architecture);
  const taps = file.architecture.taps.map(({ value }) => value);
  return networkOf(graphSegments(file.graph, taps), file.architecture);
}

/**
 * Whether a file is in ONNX's format: a model begins with its version, field 1, where safetensors
 * have the length of a header that begins with a brace.
 */
export function isOnnxFile(bytes: Uint8Array): boolean {
  return bytes[0] === 8 && bytes[8] !== "{".charCodeAt(0);
}

/**
 * Optimises a graph; where it gives a map of each image, the mean over height and width becomes its
 * output.
 */
export function optimisedToNumbers(read: Graph): { graph: Graph; isMap: boolean } {
  const graph = optimised(read);
  const isMap = shapesOf(graph, 1).get(graph.output)?.length === 4;
  return { graph: isMap ? optimised(withMeanOutput(read)) : graph, isMap };
}

/** As many as two bytes tell apart, with one to spare. */
const mostClasses = 65_535;

/**
 * The largest representation of one image, a gigabyte: a file of a hundred bytes could ask for more
 * memory than there is.
 */
const largestValue = 2 ** 28;

function graphArchitecture(graph: Graph, reading: Reading): GraphArchitecture {
  const refused = (expected: string, found: string): LabError =>
    new LabError({ code: "bad-file", input: graph.name, expected, found });
  const [height = 0, width = 0, channels = 0] = graph.imageShape;
  if (channels !== 1 && channels !== 3) {
    throw refused("a network for images in 1 or 3 channels", `one for ${channels}`);
  }
  const shapes = shapesOf(graph, 1);
  const output = shapes.get(graph.output) ?? [];
  const classes = output.length === 2 ? output[1] : undefined;
  if (classes === undefined || classes < 2 || classes > mostClasses) {
    const expected = `logits of 2 to ${mostClasses} classes, [n, classes], or a map, [n, channels, height, width]`;
    throw refused(expected, `[${output.join(",")}]`);
  }
  for (const [value, shape] of shapes) {
    if (sizeOf(shape) <= largestValue) continue;
    throw refused(
      `values of at most ${largestValue} numbers for one image`,
      `${value.slice(0, 120)} of [${shape.join(",")}]`,
    );
  }
  const found = reading.taps === "all" ? allTaps(graph) : defaultTaps(graph);
  const taps = found.map(({ value, name, shape }) => {
    const [, height, width, channels] = tapShape(shape);
    return { value, name, height, width, channels };
  });
  if (taps.length === 0) {
    throw refused(
      "a network with a layer through which everything passes",
      "none: connections skip each of them",
    );
  }
  return { family: "graph", taps, ...inputAndClasses({ height, width, channels }, classes) };
}
