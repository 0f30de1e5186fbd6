/** A Vision Transformer, its parameters open to training; see `nets/vit.ts` for its layers. */
import type { Graph, ValueName } from "../../graph/graph";
import { hostFloats, hostIntegers, type HostFloats } from "../../graph/host-tensor";
import { classesOf, inputOf, lastNorm, mlpExpansion, tokensOf } from "../../nets/architecture";
import type { VitArchitecture } from "../../nets/architecture-schema";
import { layerNormEpsilon } from "../../weights/fold-norm";
import { parameter, type State } from "../../weights/state";
import { trainingGraph, type TrainingGraphBuilder } from "./builder";

/** The kernel of the patches, whose pixels the graph reads in the order of an image. */
export const patchKernel = "patch_embed.proj.weight";

/** As `trainingGraph`, but for `patchKernel`, which is a matrix in the graph; see `kernelOfPatches`. */
export function vitGraph(state: State, architecture: VitArchitecture, first: number): Graph {
  return trainingGraph(state, architecture, first, (graph) => {
    let x = first === 0 ? embedding(graph, state, architecture) : graph.input;
    for (let index = Math.max(0, first - 1); index < architecture.depth; index++) {
      x = block(graph, x, `blocks.${index}`, architecture);
    }
    return classHead(graph, x, architecture);
  });
}

/** Images to tokens: [n, h, w, c] to [n, 1, t, dim]. */
function embedding(
  graph: TrainingGraphBuilder,
  state: State,
  architecture: VitArchitecture,
): ValueName {
  const { dim, patch } = architecture;
  const { height, width, channels } = inputOf(architecture);
  const [rows, columns] = [height / patch, width / patch];
  const tokens = tokensOf(architecture);
  const pixels = patch * patch * channels;
  const cut = reshaped(graph, "cut", graph.input, [-1, patch, columns, patch * channels]);
  const pieces = graph.node("pieces", "Transpose", [cut], { perm: [0, 2, 1, 3] });
  const patches = reshaped(graph, "patches", pieces, [-1, rows * columns, pixels]);
  const kernel = parameter(state, patchKernel, [dim, channels, patch, patch]);
  const embedded = graph.node("patch_embed.proj", "Linear", [
    patches,
    graph.constant(patchKernel, reordered(kernel, [dim, channels, patch * patch], [dim, pixels])),
    graph.parameter("patch_embed.proj.bias", [dim]),
  ]);
  const padded = (name: string, value: ValueName, around: readonly number[]): ValueName =>
    graph.node(name, "Pad", [value, graph.constant(`${name}.around`, hostIntegers([6], around))]);
  const behind = padded("behind", embedded, [0, 1, 0, 0, 0, 0]);
  const classToken = padded("first", graph.parameter("cls_token", [1, 1, dim]), [
    0,
    0,
    0,
    0,
    rows * columns,
    0,
  ]);
  const positions = graph.parameter("pos_embed", [1, tokens, dim]);
  const placed = graph.node("placed", "Add", [behind, positions]);
  const all = graph.node("all", "Add", [placed, classToken]);
  return reshaped(graph, "tokens", all, [-1, 1, tokens, dim]);
}

function block(
  graph: TrainingGraphBuilder,
  x: ValueName,
  name: string,
  { dim, heads }: VitArchitecture,
): ValueName {
  const rows = normalised(graph, x, `${name}.norm1`, dim);
  const qkv = graph.linear(rows, `${name}.attn.qkv`, dim, 3 * dim);
  const parts = ["queries", "keys", "values"].map((part, index) =>
    sliced(graph, `${name}.${part}`, qkv, 3, [index * dim, (index + 1) * dim]),
  );
  const scale = (dim / heads) ** -0.5;
  const mixed = graph.node(`${name}.attn`, "MultiHeadAttention", parts, { heads, scale });
  const projected = graph.linear(mixed, `${name}.attn.proj`, dim, dim);
  const attended = graph.node(`${name}.attended`, "Add", [x, projected]);
  const read = normalised(graph, attended, `${name}.norm2`, dim);
  const wide = graph.linear(read, `${name}.mlp.fc1`, dim, mlpExpansion * dim);
  const active = graph.node(`${name}.gelu`, "Gelu", [wide]);
  const narrow = graph.linear(active, `${name}.mlp.fc2`, mlpExpansion * dim, dim);
  return graph.node(name, "Add", [attended, narrow]);
}

/** Pooling, LayerNorm, then one linear layer: [n, 1, t, dim] to [n, classes] logits. */
function classHead(
  graph: TrainingGraphBuilder,
  x: ValueName,
  architecture: VitArchitecture,
): ValueName {
  const { dim, pool } = architecture;
  const pooled =
    pool === "mean"
      ? graph.node(
          "mean",
          "ReduceMean",
          [sliced(graph, "patches read", x, 2, [1, tokensOf(architecture)])],
          {
            axes: [2],
            keepdims: 1,
          },
        )
      : sliced(graph, "class token", x, 2, [0, 1]);
  const row = reshaped(graph, "class row", pooled, [-1, dim]);
  const read = normalised(graph, row, lastNorm(architecture), dim);
  return graph.linear(read, "head", dim, classesOf(architecture));
}

function normalised(
  graph: TrainingGraphBuilder,
  x: ValueName,
  name: string,
  dim: number,
): ValueName {
  const [scale, shift] = ["weight", "bias"].map((each) =>
    graph.parameter(`${name}.${each}`, [dim]),
  );
  return graph.node(name, "LayerNormalization", [x, scale, shift], { epsilon: layerNormEpsilon });
}

function sliced(
  graph: TrainingGraphBuilder,
  name: string,
  x: ValueName,
  axis: number,
  [from, to]: readonly [number, number],
): ValueName {
  const numbers = [from, to, axis].map((number, at) =>
    graph.constant(`${name} ${at}`, hostIntegers([1], [number])),
  );
  return graph.node(name, "Slice", [x, ...numbers]);
}

function reshaped(
  graph: TrainingGraphBuilder,
  name: string,
  x: ValueName,
  shape: readonly number[],
): ValueName {
  const sizes = graph.constant(`${name} shape`, hostIntegers([shape.length], shape));
  return graph.node(name, "Reshape", [x, sizes]);
}

/** The kernel as PyTorch has it, [dim, c, p, p], from the graph's matrix, [dim, p² c]. */
export function kernelOfPatches({ data }: HostFloats, architecture: VitArchitecture): HostFloats {
  const { dim, patch } = architecture;
  const { channels } = inputOf(architecture);
  return reordered(data, [dim, patch * patch, channels], [dim, channels, patch, patch]);
}

/** Exchanges the last two axes, [a, b, c] to [a, c, b], and gives the result another shape. */
function reordered(
  data: ArrayLike<number>,
  [a, b, c]: readonly [number, number, number],
  shape: readonly number[],
): HostFloats {
  const values = new Float32Array(a * b * c);
  for (let i = 0; i < a; i++) {
    for (let j = 0; j < b; j++) {
      for (let k = 0; k < c; k++) values[(i * c + k) * b + j] = data[(i * b + j) * c + k] ?? 0;
    }
  }
  return hostFloats(shape, values);
}
