/**
 * softmax(s Q Kᵀ + M) V, however an exporter divides rows into heads, becomes MultiHeadAttention.
 * Queries, keys and values are columns of one linear layer or of three; each becomes a layer of its
 * own, and the scale s a part of that of the queries.
 */
import { orderedGraph, type Graph, type GraphNode, type ValueName } from "../graph";
import { hostFloats, hostIntegers, type HostTensor } from "../host-tensor";
import { scoresOf, type Scores } from "./attention-scores";
import { matcher, type Matcher } from "./patterns";
import { joined, type View } from "./strided-view";
import { both, integersFor, viewsOf, type Views } from "./views";

/** Runs after linear layers are recognised. */
export function recogniseAttention(graph: Graph): Graph {
  const [match, views] = [matcher(graph), viewsOf(graph)];
  const constants = new Map(graph.constants);
  const written = new Set<ValueName>();
  const nodes = graph.nodes.flatMap((node) => {
    const found = node.operator === "MatMul" ? attentionOf(node, graph, match, views) : undefined;
    const target = found && integersFor(views.shapeOf(node.output));
    if (!found || !target) return [node];
    return attentionNodes(node, found, target, match, constants).filter(({ output }) => {
      const isNew = !written.has(output);
      written.add(output);
      return isNew;
    });
  });
  return orderedGraph({ ...graph, nodes, constants });
}

/** Queries, keys or values: some columns of a linear layer, by token and head. */
interface Part extends Division {
  readonly layer: GraphNode;
}

interface Division {
  readonly heads: number;
  readonly tokens: number;
  /** Columns of a head. */
  readonly width: number;
  /** The first column. */
  readonly offset: number;
  /** Whether the rows of one token lie together, not those of one image. */
  readonly isTokenMajor: boolean;
}

interface Attention extends Pick<Scores, "scale" | "addend"> {
  readonly query: Part;
  readonly key: Part;
  readonly value: Part;
}

function attentionOf(
  node: GraphNode,
  graph: Graph,
  match: Matcher,
  views: Views,
): Attention | undefined {
  const scores = scoresOf(node.inputs[0], graph, match, views);
  if (!scores) return undefined;
  const query = partOf(scores.query, false, match, views);
  const key = partOf(scores.key, true, match, views);
  const value = partOf(node.inputs[1], false, match, views);
  if (!query || !key || !value) return undefined;
  const parts = [query, key, value];
  const isOne = parts.every(
    ({ heads, tokens }) => heads === query.heads && tokens === query.tokens,
  );
  if (!isOne || key.width !== query.width || scores.heads !== query.heads) return undefined;
  return { query, key, value, scale: scores.scale, addend: scores.addend };
}

function partOf(
  name: ValueName | undefined,
  isTransposed: boolean,
  match: Matcher,
  views: Views,
): Part | undefined {
  if (name === undefined) return undefined;
  const { base, views: seen } = views.of(name);
  const layer = match.maker(base, "Linear");
  const shapes = views.shapeOf(base);
  const [first, second] = both((k) => divisionOf(seen[k], shapes[k].at(-1) ?? 0, isTransposed));
  const isSame = first && second && Object.values(first).join() === Object.values(second).join();
  return layer && isSame ? { ...first, layer } : undefined;
}

/** @param columns of the base, whose rows the view divides into [..., t, width] */
function divisionOf({ axes, offset }: View, columns: number, swap: boolean): Division | undefined {
  const last = axes.slice(-2).map(joined);
  const [[token, ...moreTokens] = [], [column, ...moreColumns] = []] = swap
    ? last.toReversed()
    : last;
  if (!token || column?.stride !== 1 || moreTokens.length + moreColumns.length > 0)
    return undefined;
  const lead = joined(axes.slice(0, -2).flat());
  const width = column.size;
  const inner = lead.at(-1);
  const hasHeads = inner?.stride === width && inner.size * width <= columns;
  const heads = hasHeads ? inner.size : 1;
  const [image, ...others] = hasHeads ? lead.slice(0, -1) : lead;
  if (!image || others.length > 0 || offset + heads * width > columns) return undefined;
  const tokens = token.size;
  const isTokenMajor = image.stride === columns && token.stride === image.size * columns;
  const isImageMajor = token.stride === columns && image.stride === tokens * columns;
  return isTokenMajor || isImageMajor ? { heads, tokens, width, offset, isTokenMajor } : undefined;
}

function attentionNodes(
  node: GraphNode,
  { query, key, value, scale, addend }: Attention,
  target: HostTensor,
  match: Matcher,
  constants: Map<ValueName, HostTensor>,
): GraphNode[] {
  const nodes: GraphNode[] = [];
  const add = (
    output: ValueName,
    operator: string,
    inputs: readonly (ValueName | undefined)[],
    attributes: GraphNode["attributes"] = {},
  ): ValueName => {
    nodes.push({ name: node.name, operator, inputs, output, attributes });
    return output;
  };
  const constant = (name: ValueName, held: HostTensor): ValueName => {
    constants.set(name, held);
    return name;
  };
  const shape = (name: ValueName, ...sizes: number[]): ValueName =>
    constant(name, hostIntegers([sizes.length], sizes));

  const layerOf = (part: Part, label: string, factor: number): ValueName => {
    const { layer, tokens, isTokenMajor } = part;
    const [x, weight, bias] = layer.inputs;
    const rows = `${layer.output} (rows by image)`;
    const columns = match.constant(weight)?.shape[1] ?? 0;
    if (isTokenMajor) {
      const apart = add(`${rows} 1`, "Reshape", [x, shape(`${rows} 2`, tokens, -1, columns)]);
      add(rows, "Transpose", [apart], { perm: [1, 0, 2] });
    } else {
      add(rows, "Reshape", [x, shape(`${rows} 2`, -1, tokens, columns)]);
    }
    const output = `${node.output} (${label})`;
    return add(output, "Linear", [
      rows,
      constant(`${output} weight`, rowsOf(match.constant(weight), part, factor)),
      bias && constant(`${output} bias`, rowsOf(match.constant(bias), part, factor)),
    ]);
  };
  // The gradients of what all three read are added up from the last to the first.
  const v = layerOf(value, "values", 1);
  const k = layerOf(key, "keys", 1);
  const q = layerOf(query, "queries", scale);
  const m = addend && constant(`${node.output} (addend)`, addend);
  const { heads, tokens } = query;
  const mixed = add(`${node.output} (rows)`, "MultiHeadAttention", [q, k, v, m], { heads });
  const apart = shape(`${mixed} 1`, -1, tokens, heads, value.width);
  const byHead = add(`${mixed} 2`, "Reshape", [mixed, apart]);
  const turned = add(`${mixed} 3`, "Transpose", [byHead], { perm: [0, 2, 1, 3] });
  add(node.output, "Reshape", [turned, constant(`${mixed} 4`, target)]);
  return nodes;
}

/** The rows of a weight or of a bias that make a part, times a factor. */
function rowsOf(
  whole: HostTensor | undefined,
  { heads, width, offset }: Division,
  factor: number,
): HostTensor {
  const [rows = 1, ...rest] = whole?.shape ?? [];
  const each = (whole?.data.length ?? 0) / rows;
  const count = heads * width;
  const values = whole?.data.slice(offset * each, (offset + count) * each) ?? new Float32Array();
  return hostFloats(
    [count, ...rest],
    Float32Array.from(values, (value) => value * factor),
  );
}
