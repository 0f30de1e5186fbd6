/** The views of a graph's values: for each, the value whose numbers it has, and in which order. */
import type { Graph, GraphNode, ValueName } from "../graph";
import { hostIntegers, integersAt, type HostIntegers, type Shape } from "../host-tensor";
import { axisAttribute, integersInput } from "../operators/interface/axes";
import type { Call } from "../operators/interface/operator";
import { equalPlaces } from "../operators/shape/equal-part";
import { slicePlaces } from "../operators/shape/slice";
import { permOf } from "../operators/shape/transpose";
import { callOf, shapesOf } from "../shapes";
import { reshapedView, slicedView, transposedView, wholeView, type View } from "./strided-view";

/**
 * The numbers of images for which views are compared. Primes that sizes of networks do not have: an
 * axis of images is then not mistaken for another.
 */
const imageCounts = [1009, 1013] as const;

/** Something for each of the numbers of images. */
export type Both<T> = readonly [T, T];

export function both<T>(make: (k: 0 | 1) => T): Both<T> {
  return [make(0), make(1)];
}

/** Whole numbers that are a + b n for any number n of images; undefined where they are not. */
export function integersFor([first, second]: Both<readonly number[]>): HostIntegers | undefined {
  const between = imageCounts[1] - imageCounts[0];
  const perImage = Float64Array.from(first, (value, at) => ((second[at] ?? 0) - value) / between);
  if (first.length !== second.length || !perImage.every(Number.isInteger)) return undefined;
  const start = first.map((value, at) => value - imageCounts[0] * (perImage[at] ?? 0));
  return { ...hostIntegers([first.length], start), perImage };
}

export interface ViewOfValue {
  readonly base: ValueName;
  readonly views: Both<View>;
}

export interface Views {
  readonly shapeOf: (name: ValueName) => Both<Shape>;
  /** What a value is a view of: itself, where its node computes it. */
  readonly of: (name: ValueName) => ViewOfValue;
  /** The view through a node; undefined for a node that computes, or a view that is none. */
  readonly through: (node: GraphNode, input: ViewOfValue) => ViewOfValue | undefined;
}

export function viewsOf(graph: Graph): Views {
  const shapes = both((k) => shapesOf(graph, imageCounts[k]));
  const makers = new Map(graph.nodes.map((node) => [node.output, node]));
  const known = new Map<ValueName, ViewOfValue>();
  const shapeOf = (name: ValueName): Both<Shape> => both((k) => shapes[k].get(name) ?? []);
  const through: Views["through"] = (node, { base, views }) => {
    const seen = both((k) =>
      viewThrough(
        node,
        views[k],
        callOf(graph, node, shapes[k], imageCounts[k]),
        shapes[k].get(node.output) ?? [],
        imageCounts[k],
      ),
    );
    const [first, second] = seen;
    return first && second ? { base, views: [first, second] } : undefined;
  };
  // In order, so that no chain is followed twice.
  for (const { output } of graph.nodes) {
    const node = makers.get(output);
    const input = node?.inputs[0];
    const isConstant = input !== undefined && graph.constants.has(input);
    if (!node || input === undefined || isConstant || !viewOperators.has(node.operator)) continue;
    const view = through(node, known.get(input) ?? wholeOf(input, shapeOf));
    if (view) known.set(output, view);
  }
  return { shapeOf, through, of: (name) => known.get(name) ?? wholeOf(name, shapeOf) };
}

/** A value as a view of itself. */
export function wholeOf(base: ValueName, shapeOf: Views["shapeOf"]): ViewOfValue {
  const shapes = shapeOf(base);
  return { base, views: both((k) => wholeView(shapes[k])) };
}

export const viewOperators = new Set([
  "EqualPart",
  "Flatten",
  "Gather",
  "Identity",
  "Reshape",
  "Slice",
  "Squeeze",
  "Transpose",
  "Unsqueeze",
]);

function viewThrough(
  node: GraphNode,
  view: View,
  call: Call,
  output: Shape,
  n: number,
): View | undefined {
  const shape = call.shapes[0] ?? [];
  switch (node.operator) {
    case "Identity":
      return view;
    case "Flatten":
    case "Reshape":
    case "Squeeze":
    case "Unsqueeze":
      return reshapedView(view, output);
    case "Transpose":
      return transposedView(view, permOf(call));
    case "Slice":
      return slicedView(view, slicePlaces(call, shape, n));
    case "EqualPart":
      return slicedView(view, equalPlaces(call, shape));
    case "Gather":
      return gathered(view, call, shape, output, n);
    default:
      return undefined;
  }
}

/** Neighbours in order, or one place whose axis is gone. */
function gathered(
  view: View,
  call: Call,
  shape: Shape,
  output: Shape,
  n: number,
): View | undefined {
  const axis = axisAttribute(call.node, shape.length, 0);
  const size = shape[axis] ?? 0;
  const indices = integersAt(integersInput(call, 1), n).map((i) => (i < 0 ? i + size : i));
  const [start = 0] = indices;
  if (!indices.every((index, at) => index === start + at)) return undefined;
  const places = shape.map((count, at) =>
    at === axis ? { start, step: 1, count: indices.length } : { start: 0, step: 1, count },
  );
  const cut = slicedView(view, places);
  return cut && reshapedView(cut, output);
}
