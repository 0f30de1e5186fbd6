/**
 * Chains of Reshape, Transpose and Slice become the one slice and the one transpose that they are;
 * what only goes back and forth disappears. Where a linear layer reads rows in another order, the
 * order is changed after it, so that both ends of a chain meet.
 */
import { orderedGraph, readCounts, type Graph, type GraphNode, type ValueName } from "../graph";
import { hostIntegers, sizeOf, type HostTensor, type Shape } from "../host-tensor";
import { isInOrder, planOf, type Plan, type Run, type View } from "./strided-view";
import {
  both,
  integersFor,
  viewOperators,
  viewsOf,
  wholeOf,
  type Both,
  type ViewOfValue,
  type Views,
} from "./views";

interface Draft {
  readonly nodes: GraphNode[];
  readonly constants: Map<ValueName, HostTensor>;
  readonly views: Views;
  /** How often each value of the file is read. */
  readonly counts: ReadonlyMap<ValueName, number>;
  /** What values are views of. */
  readonly seen: Map<ValueName, ViewOfValue>;
  /** Views that nothing has read yet, and their nodes in the file. */
  readonly unwritten: Map<ValueName, GraphNode>;
  /** Sizes of values that the file does not have. */
  readonly made: Map<ValueName, Both<Shape>>;
}

/** Runs after the layout pass. */
export function composeViews(graph: Graph): Graph {
  const draft: Draft = {
    nodes: [],
    constants: new Map(graph.constants),
    views: viewsOf(graph),
    counts: readCounts(graph),
    seen: new Map(),
    unwritten: new Map(),
    made: new Map(),
  };
  for (const node of graph.nodes) {
    const view = viewed(node, draft) ?? withRowsInOrder(node, draft);
    if (view) {
      draft.seen.set(node.output, view);
      draft.unwritten.set(node.output, node);
    } else {
      const inputs = node.inputs.map((name) => name && written(name, draft));
      draft.nodes.push({ ...node, inputs });
    }
  }
  const output = written(graph.output, draft);
  return orderedGraph({ ...graph, output, nodes: draft.nodes, constants: draft.constants });
}

function viewed(node: GraphNode, draft: Draft): ViewOfValue | undefined {
  const [input] = node.inputs;
  if (input === undefined || draft.constants.has(input)) return undefined;
  if (!viewOperators.has(node.operator)) return undefined;
  return draft.views.through(node, seenOf(input, draft));
}

/** Writes a linear layer on the rows as they lie in memory. @returns its output as a view of that */
function withRowsInOrder(node: GraphNode, draft: Draft): ViewOfValue | undefined {
  const [input, weight, bias] = node.inputs;
  if (node.operator !== "Linear" || input === undefined || weight === undefined) return undefined;
  const { base, views } = seenOf(input, draft);
  const [c2 = 0, c1 = 0] = draft.constants.get(weight)?.shape ?? [];
  const shapes = shapeOf(base, draft);
  const inOrder = views.every((view, k) => isInOrder(view, shapes[k] ?? []));
  // After the layer a transpose must not move more numbers than before it.
  const isCheap = c2 <= c1 && draft.counts.get(input) === 1;
  if (base === input || !(inOrder || isCheap)) return undefined;
  const [first, second] = both((k) => widened(views[k], shapes[k], c1, c2));
  if (!first || !second) return undefined;
  const output = `${node.output} (rows in order)`;
  draft.nodes.push({ ...node, inputs: [base, weight, bias], output });
  draft.made.set(
    output,
    both((k) => [...shapes[k].slice(0, -1), c2]),
  );
  return { base: output, views: [first, second] };
}

/** A view of rows of c₁ numbers as one of rows of c₂; undefined where it cuts rows or drops some. */
function widened(view: View, shape: Shape, c1: number, c2: number): View | undefined {
  const [row, ...others] = view.axes.at(-1) ?? [];
  const runs = view.axes.flat();
  const isWhole = sizeOf(runs.map(({ size }) => size)) === sizeOf(shape) && view.offset === 0;
  const isRow = row?.stride === 1 && row.size === c1 && others.length === 0;
  if (!isWhole || !isRow || shape.at(-1) !== c1) return undefined;
  const stretched = ({ size, stride }: Run): Run => ({ size, stride: (stride / c1) * c2 });
  const columns = c2 === 1 ? [] : [{ size: c2, stride: 1 }];
  return {
    offset: 0,
    axes: [...view.axes.slice(0, -1).map((axis) => axis.map(stretched)), columns],
  };
}

/** Writes the nodes of a value, if it is a view that has none yet. @returns its name */
function written(name: ValueName, draft: Draft): ValueName {
  const node = draft.unwritten.get(name);
  const view = draft.seen.get(name);
  if (!node || !view) return name;
  const shapes = shapeOf(view.base, draft);
  const isSame = view.views.every((each, k) => isInOrder(each, shapes[k] ?? []));
  if (isSame && shapeOf(name, draft).join(";") === shapes.join(";")) return view.base;
  draft.unwritten.delete(name);
  const isShort = node.inputs[0] === view.base;
  const made = isShort ? undefined : nodesOf(name, node, view, draft);
  if (made) draft.nodes.push(...made);
  else {
    const inputs = node.inputs.map((input) => input && written(input, draft));
    draft.nodes.push({ ...node, inputs });
  }
  return name;
}

/** The nodes that give a view of its base: cut, turned and shaped. */
function nodesOf(
  name: ValueName,
  { name: label }: GraphNode,
  { base, views }: ViewOfValue,
  draft: Draft,
): GraphNode[] | undefined {
  const shapes = shapeOf(base, draft);
  const [first, second] = both((k) => planOf(views[k], shapes[k]));
  if (!first || first.perm.join() !== second?.perm.join()) return undefined;
  const each = (pick: (plan: Plan) => number[]): Both<number[]> => [pick(first), pick(second)];
  const sizes = each(({ dimensions }) => dimensions.map(({ size }) => size));
  const starts = each(({ dimensions }) => dimensions.map(({ start }) => start));
  const ends = each(({ dimensions }) => dimensions.map(({ start, count }) => start + count));
  const isCut = ends.join(";") !== sizes.join(";") || starts.flat().some((start) => start > 0);
  const isTurned = first.perm.some((axis, at) => axis !== at);
  const target = shapeOf(name, draft);
  const nodes: GraphNode[] = [];
  let [value, shape]: [ValueName, Both<Shape>] = [base, shapes];
  const add = (
    operator: string,
    constants: readonly HostTensor[],
    perm?: readonly number[],
  ): void => {
    const output = `${name} (${nodes.length + 1})`;
    const inputs = constants.map((constant, at) => {
      const input = `${output} input ${at + 2}`;
      draft.constants.set(input, constant);
      return input;
    });
    const attributes = perm ? { perm } : {};
    nodes.push({ name: label, operator, inputs: [value, ...inputs], output, attributes });
    value = output;
  };
  const reshape = (to: Both<Shape>): boolean => {
    if (to.join(";") === shape.join(";")) return true;
    const integers = integersFor(to);
    if (integers) add("Reshape", [integers]);
    shape = to;
    return integers !== undefined;
  };
  if ((isCut || isTurned) && !reshape(sizes)) return undefined;
  if (isCut) {
    const [from, to] = [integersFor(starts), integersFor(ends)];
    if (!from || !to) return undefined;
    add("Slice", [from, to, hostIntegers(from.shape, [...from.data.keys()])]);
    shape = both((k) => ends[k].map((end, axis) => end - (starts[k][axis] ?? 0)));
  }
  if (isTurned) {
    add("Transpose", [], first.perm);
    const before = shape;
    shape = both((k) => first.perm.map((axis) => before[k][axis] ?? 1));
  }
  if (!reshape(target)) return undefined;
  const last = nodes.pop();
  return last && [...nodes, { ...last, output: name }];
}

function seenOf(name: ValueName, draft: Draft): ViewOfValue {
  return draft.seen.get(name) ?? wholeOf(name, draft.views.shapeOf);
}

function shapeOf(name: ValueName, draft: Draft): Both<Shape> {
  return draft.made.get(name) ?? draft.views.shapeOf(name);
}
