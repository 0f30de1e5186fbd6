/** Recognises softmax(s Q Kᵀ + M), with scale and addend in the forms that exporters write. */
import type { Graph, GraphNode, ValueName } from "../graph";
import {
  broadcastPlace,
  forEachIndex,
  hostFloats,
  sizeOf,
  type HostTensor,
  type Shape,
} from "../host-tensor";
import { integerAttribute } from "../operators/interface/attributes";
import { shapesOf } from "../shapes";
import type { Matcher } from "./patterns";
import { axisOf } from "./remapped-axes";
import type { Views } from "./views";

export interface Scores {
  /** [..., t, width] */
  readonly query: ValueName;
  /** [..., width, t] */
  readonly key: ValueName;
  readonly scale: number;
  readonly heads: number;
  /** [windows, heads, t, t] */
  readonly addend: HostTensor | undefined;
}

/** @param probabilities after the softmax */
export function scoresOf(
  probabilities: ValueName | undefined,
  graph: Graph,
  match: Matcher,
  views: Views,
): Scores | undefined {
  const softmax = match.maker(squares(probabilities, match, views), "Softmax");
  const rank = views.shapeOf(softmax?.output ?? "")[0].length;
  if (!softmax || axisOf(softmax, rank, -1) !== rank - 1) return undefined;
  if (integerAttribute(softmax, "overRest", 0) === 1) return undefined;
  const addends: { sum: GraphNode; constant: HostTensor; factor: number }[] = [];
  let scale = 1;
  let name = squares(softmax.inputs[0], match, views);
  for (;;) {
    const scaled = scaledBy(name, match);
    const sum = match.maker(name, "Add");
    const parts = sum && match.sides(sum);
    const constant = parts && match.constant(parts.constant);
    if (scaled) {
      scale *= scaled.factor;
      name = squares(scaled.of, match, views);
    } else if (sum && constant) {
      addends.push({ sum, constant, factor: scale });
      name = squares(parts.value, match, views);
    } else break;
  }
  const [left, right] = match.maker(name, "MatMul")?.inputs ?? [];
  const query = unscaled(left, match);
  const key = unscaled(right, match);
  // [..., heads, t, t], or images and heads in one axis.
  const heads = headsOf(query.name, views);
  if (query.name === undefined || key.name === undefined || heads === undefined) return undefined;
  const shapes = addends.length > 0 ? shapesOf(graph, 1) : new Map<ValueName, Shape>();
  const terms = addends.map(({ sum, ...term }) => ({
    ...term,
    shape: shapes.get(sum.output) ?? [],
  }));
  return {
    query: query.name,
    key: key.name,
    scale: scale * query.factor * key.factor,
    heads,
    addend: addendOf(terms, heads),
  };
}

/** A value before reshapes that keep its last two axes. */
function squares(name: ValueName | undefined, match: Matcher, views: Views): ValueName | undefined {
  const input = match.maker(name, "Reshape")?.inputs[0];
  if (name === undefined || input === undefined) return name;
  const last = (value: ValueName): string => views.shapeOf(value)[0].slice(-2).join();
  return last(name) === last(input) ? squares(input, match, views) : name;
}

function scaledBy(
  name: ValueName | undefined,
  match: Matcher,
): { of: ValueName; factor: number } | undefined {
  const product = match.maker(name, "Mul");
  const sides = product && match.sides(product);
  const factor = sides && match.number(sides.constant);
  if (sides && factor !== undefined) return { of: sides.value, factor };
  const [of, divisor] = match.maker(name, "Div")?.inputs ?? [];
  const by = match.number(divisor);
  return of !== undefined && by !== undefined ? { of, factor: 1 / by } : undefined;
}

function unscaled(
  name: ValueName | undefined,
  match: Matcher,
): { name: ValueName | undefined; factor: number } {
  const scaled = scaledBy(name, match);
  return scaled ? { name: scaled.of, factor: scaled.factor } : { name, factor: 1 };
}

/** The heads among the leading axes of [..., t, width], from where they lie in memory. */
function headsOf(name: ValueName | undefined, views: Views): number | undefined {
  if (name === undefined) return undefined;
  const [{ axes }] = views.of(name).views;
  const width = axes.at(-1)?.at(-1)?.size ?? 1;
  const inner = axes.slice(0, -2).flat().at(-1);
  return inner?.stride === width ? inner.size : 1;
}

interface Term {
  readonly constant: HostTensor;
  readonly factor: number;
  /** Of the sum, for one image. */
  readonly shape: Shape;
}

/** The sum of all addends for one image; for one window where all have the same. */
function addendOf(terms: readonly Term[], heads: number): HostTensor | undefined {
  const [first] = terms;
  if (!first) return undefined;
  const tokens = first.shape.at(-1) ?? 1;
  const each = heads * tokens * tokens;
  const sum = new Float32Array(sizeOf(first.shape));
  for (const { constant, factor, shape } of terms) {
    const place = broadcastPlace(constant.shape);
    forEachIndex(shape, (index, at) => {
      sum[at] = (sum[at] ?? 0) + factor * (constant.data[place(index)] ?? 0);
    });
  }
  const isRepeated = sum.every((value, at) => value === sum[at % each]);
  const windows = isRepeated ? 1 : sum.length / each;
  return hostFloats([windows, heads, tokens, tokens], sum.slice(0, windows * each));
}
