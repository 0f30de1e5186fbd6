/**
 * Vision Transformer for CIFAR, with timm's parameter names. Dosovitskiy et al. 2021, "An Image is
 * Worth 16x16 Words": patches as tokens, a class token before them, learned positions, pre-norm
 * blocks, and a linear layer on the class token or on the mean of the others.
 *
 * A representation is [n, 1, t, dim] with t = 1 + (h / patch) (w / patch) tokens, the class token first: the
 * height is 1, and stitches, moments and CKA, which read [n, h, w, c] only, work token by token.
 * Taps: after the embedding and after each block, never inside one.
 */
import { builtSegment, type GraphBuilder } from "../graph/builder";
import type { ValueName } from "../graph/graph";
import { hostFloats, hostIntegers } from "../graph/host-tensor";
import type { BuildSegment, Segment } from "../graph/segment";
import type { LinearParameters } from "../tensor/linear";
import { foldedLinear, layerNormEpsilon, linearParameters } from "../weights/fold-norm";
import { parameter, type State } from "../weights/state";
import { classesOf, hasHead, inputOf, lastNorm, mlpExpansion, tokensOf } from "./architecture";
import type { VitArchitecture } from "./architecture-schema";

/** Returns one segment per tap, then the classifier if there is one. */
export function vitSegments(state: State, architecture: VitArchitecture): BuildSegment[] {
  const blocks = Array.from(
    { length: architecture.depth },
    (_, index): BuildSegment =>
      () =>
        block(state, `blocks.${index}`, architecture),
  );
  const segments = [() => embedding(state, architecture), ...blocks];
  return hasHead(architecture) ? [...segments, () => classHead(state, architecture)] : segments;
}

/** Images to tokens: [n, h, w, c] to [n, 1, t, dim]. */
function embedding(state: State, architecture: VitArchitecture): Segment {
  const { dim, patch } = architecture;
  const { height, width, channels } = inputOf(architecture);
  const [rows, columns] = [height / patch, width / patch];
  const tokens = tokensOf(architecture);
  const ofPatches = {
    weight: pixelsLast(
      parameter(state, "patch_embed.proj.weight", [dim, channels, patch, patch]),
      channels,
      patch * patch,
    ),
    bias: parameter(state, "patch_embed.proj.bias", [dim]),
  };
  const classToken = parameter(state, "cls_token", [1, 1, dim]);
  const added = parameter(state, "pos_embed", [1, tokens, dim]).map(
    (position, at) => position + (classToken[at] ?? 0),
  );
  return builtSegment([height, width, channels], (graph) => {
    // A row of patches is `patch` rows of pixels, each cut into as many pieces as
    // there are columns.
    const cut = reshaped(graph, graph.input, [-1, patch, columns, patch * channels]);
    const pieces = graph.node("Transpose", [cut], { perm: [0, 2, 1, 3] });
    const pixels = reshaped(graph, pieces, [-1, rows * columns, patch * patch * channels]);
    const patches = graph.linear(pixels, ofPatches);
    // Zeros in place of the class token, to which positions and class token are added.
    const around = graph.constant(hostIntegers([6], [0, 1, 0, 0, 0, 0]));
    const all = graph.node("Pad", [patches, around]);
    const sum = graph.node("Add", [all, graph.constant(hostFloats([tokens, dim], added))]);
    return reshaped(graph, sum, [-1, 1, tokens, dim]);
  });
}

/**
 * Attention, then an MLP of two linear layers with a GELU between them; each after a LayerNorm, and
 * added to what it reads.
 */
function block(state: State, name: string, architecture: VitArchitecture): Segment {
  const { dim, heads } = architecture;
  const hidden = mlpExpansion * dim;
  const [query, key, value] = projections(state, name, dim, heads);
  const project = linearParameters(state, `${name}.attn.proj`, dim, dim);
  const widen = foldedLinear(state, `${name}.norm2`, `${name}.mlp.fc1`, dim, hidden);
  const narrow = linearParameters(state, `${name}.mlp.fc2`, hidden, dim);
  return builtSegment([1, tokensOf(architecture), dim], (graph) => {
    const x = graph.input;
    const rows = normalised(graph, x);
    const values = graph.linear(rows, value);
    const keys = graph.linear(rows, key);
    const queries = graph.linear(rows, query);
    const mixed = graph.node("MultiHeadAttention", [queries, keys, values], { heads });
    const attended = graph.node("Add", [x, graph.linear(mixed, project)]);
    const active = graph.node("Gelu", [graph.linear(normalised(graph, attended), widen)]);
    return graph.node("Add", [attended, graph.linear(active, narrow)]);
  });
}

/** Splits `qkv.weight` [3 dim, dim] into queries, keys and values; queries are scaled here. */
function projections(
  state: State,
  name: string,
  dim: number,
  heads: number,
): [query: LinearParameters, key: LinearParameters, value: LinearParameters] {
  const { weight, bias } = foldedLinear(state, `${name}.norm1`, `${name}.attn.qkv`, dim, 3 * dim);
  const part = (index: number, scale: number): LinearParameters => {
    const scaled = (values: Float32Array, size: number): Float32Array =>
      values.slice(index * size, (index + 1) * size).map((entry) => entry * scale);
    return { weight: scaled(weight, dim * dim), bias: scaled(bias, dim) };
  };
  return [part(0, (dim / heads) ** -0.5), part(1, 1), part(2, 1)];
}

/** Pooling, LayerNorm, then one linear layer: [n, 1, t, dim] to [n, classes] logits. */
function classHead(state: State, architecture: VitArchitecture): Segment {
  const { dim, pool } = architecture;
  const tokens = tokensOf(architecture);
  const head = foldedLinear(state, lastNorm(architecture), "head", dim, classesOf(architecture));
  return builtSegment([1, tokens, dim], (graph) => {
    const part = (start: number, end: number): ValueName => {
      const [from, to, axis] = [start, end, 2].map((number) =>
        graph.constant(hostIntegers([1], [number])),
      );
      return graph.node("Slice", [graph.input, from, to, axis]);
    };
    const pooled =
      pool === "mean"
        ? graph.node("ReduceMean", [part(1, tokens)], { axes: [2], keepdims: 1 })
        : part(0, 1);
    return graph.linear(normalised(graph, reshaped(graph, pooled, [-1, dim])), head);
  });
}

/** LayerNorm whose scale and shift are part of the linear layer after it. */
function normalised(graph: GraphBuilder, x: ValueName): ValueName {
  return graph.node("LayerNormalization", [x], { epsilon: layerNormEpsilon });
}

function reshaped(graph: GraphBuilder, x: ValueName, shape: readonly number[]): ValueName {
  return graph.node("Reshape", [x, graph.constant(hostIntegers([shape.length], shape))]);
}

/** Transposes a kernel [c₂, c, pixels] to [c₂, pixels, c], the order of an image [h, w, c]. */
function pixelsLast(kernel: Float32Array, c: number, pixels: number): Float32Array {
  return kernel.map((_, at) => {
    const channel = at % c;
    const pixel = Math.floor(at / c) % pixels;
    const out = Math.floor(at / (c * pixels));
    return kernel[(out * c + channel) * pixels + pixel] ?? 0;
  });
}
