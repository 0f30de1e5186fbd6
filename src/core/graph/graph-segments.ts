/** A graph, cut at taps, on the device: one segment before each tap and one after the last. */
import { tf, type Tensor } from "../tensor/tf";
import type { BuildSegment, Segment } from "./segment";
import type { Graph, GraphNode, ValueName } from "./graph";
import { floatBytes, sizeOf, type HostTensor, type Shape } from "./host-tensor";
import { refusedNode } from "./operators/interface/operator";
import { operatorOf } from "./passes/fold-constants";
import { graphSegment, type Step } from "./segment";
import { callOf, shapesOf } from "./shapes";

/**
 * @param graph optimised
 * @param taps values that separate the images from the output, in order
 */
export function graphSegments(graph: Graph, taps: readonly ValueName[]): BuildSegment[] {
  const shapes = shapesOf(graph, 1);
  const makers = new Map(graph.nodes.map((node) => [node.output, node]));
  const ends = [...taps, graph.output];
  return ends.map((to, index): BuildSegment => {
    const from = ends[index - 1] ?? graph.input;
    const isLast = index === ends.length - 1;
    return () =>
      withTapShapes(
        graphSegment(
          stepsBetween(graph, makers, shapes, from, to),
          { from, to, reads: bytesOf(shapes.get(from)) },
          ([n = 0]) => n,
        ),
        shapes.get(from) ?? [],
        isLast ? undefined : (shapes.get(to) ?? []),
      );
  });
}

/** Between segments a representation is [n, h, w, c]: tokens are an image of one row. */
function withTapShapes(segment: Segment, from: Shape, to: Shape | undefined): Segment {
  const enter = (x: Tensor): Tensor => tf.reshape(x, [-1, ...from.slice(1)]);
  const leave = (y: Tensor): Tensor =>
    to === undefined || to.length === 4 ? y : tf.reshape(y, tapShape(y.shape));
  if (from.length === 4 && (to === undefined || to.length === 4)) return segment;
  return {
    memory: segment.memory,
    forward: (x) => tf.tidy(() => leave(segment.forward(enter(x)))),
    trace(x) {
      const { output, pullback } = segment.trace(enter(x));
      return {
        output: leave(output),
        pullback: (gradient) =>
          tf.tidy(() => tf.reshape(pullback(tf.reshape(gradient, output.shape)), x.shape)),
      };
    },
    dispose: () => segment.dispose(),
  };
}

/** [n, h, w, c] of a value of any rank from 2. */
export function tapShape(shape: Shape): [number, number, number, number] {
  const [n = 1, ...rest] = shape;
  const channels = rest.pop() ?? 1;
  const width = rest.pop() ?? 1;
  const height = rest.reduce((product, size) => product * size, 1);
  return [n, height, width, channels];
}

function stepsBetween(
  graph: Graph,
  makers: ReadonlyMap<ValueName, GraphNode>,
  shapes: ReadonlyMap<ValueName, Shape>,
  from: ValueName,
  to: ValueName,
): Step[] {
  const needed = new Set<GraphNode>();
  const open: ValueName[] = [to];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = name === from ? undefined : makers.get(name);
    if (!node || needed.has(node)) continue;
    needed.add(node);
    for (const input of node.inputs) if (input !== undefined) open.push(input);
  }
  return graph.nodes
    .filter((node) => needed.has(node))
    .map((node) => {
      const operator = operatorOf(node, graph.name);
      if (!operator.prepare) {
        throw refusedNode(node, "inputs that are known without the images", "one that is not");
      }
      const call = callOf(graph, node, shapes, 1);
      const constants = node.inputs.map((name) =>
        name === undefined ? undefined : graph.constants.get(name),
      );
      const output = shapes.get(node.output) ?? [];
      return {
        runner: operator.prepare({ ...call, constants }),
        outputBytes: bytesOf(output),
        weightBytes: constants.reduce((sum, constant) => sum + floatsIn(constant), 0),
        workBytes: operator.workBytes?.(call, output) ?? { forward: 0, pullback: 0 },
        inputs: node.inputs.map((name) =>
          name === undefined || graph.constants.has(name) ? undefined : name,
        ),
        output: node.output,
      };
    });
}

function bytesOf(shape: Shape = []): number {
  return floatBytes * sizeOf(shape);
}

function floatsIn(constant: HostTensor | undefined): number {
  return constant?.type === "float" ? bytesOf(constant.shape) : 0;
}
