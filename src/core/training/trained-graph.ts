/**
 * A graph whose parameters are trained, on the device: the gradient of a loss with respect to all of
 * them. Parameters are one vector, running statistics another, so that an optimiser, a checkpoint
 * and a sum over workers each treat one array.
 */
import { LabError } from "../errors";
import type { Graph, GraphNode, ValueName } from "../graph/graph";
import { hostFloats, sizeOf, type HostFloats, type Shape } from "../graph/host-tensor";
import type {
  Inputs,
  Runner,
  TracedNode,
  TrainedNode,
  TrainedRunner,
} from "../graph/operators/interface/operator";
import { operatorOf } from "../graph/passes/fold-constants";
import { callOf, shapesOf } from "../graph/shapes";
import { kernels } from "../tensor/backend";
import {
  tf,
  type Rank,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
} from "../tensor/tf";

export interface TrainedGraph {
  /** Parameters as the graph has them, in the device's layout. */
  readonly parameters: Float32Array;
  /** Running means and variances as the graph has them. */
  readonly statistics: Float32Array;
  /** 1 for numbers of matrices and kernels, 0 for those of vectors, as `parameters`. */
  readonly decays: Uint8Array;
  /**
   * The gradient of the mean loss of a batch. To be called inside a `tidy`.
   *
   * @param parameters as `parameters`
   * @param x [n, h, w, c]
   * @param lossOf the loss and its gradient with respect to the logits, [n, classes]
   */
  gradient(parameters: Tensor1D, x: Tensor4D, lossOf: LossOf): BatchGradient;
  /** The graph's parameters and statistics by name, in the layout of a file. */
  named(parameters: Float32Array, statistics: Float32Array): Map<ValueName, HostFloats>;
  dispose(): void;
}

export type LossOf = (logits: Tensor) => { readonly loss: Scalar; readonly gradient: Tensor };

export interface BatchGradient {
  readonly loss: Scalar;
  readonly gradient: Tensor1D;
  /** Means and unbiased variances of the batch, as `statistics`. */
  readonly statistics: Tensor1D;
}

/** Where a value lies in a vector of many. */
interface Place {
  readonly name: ValueName;
  readonly shape: Shape;
  readonly offset: number;
  readonly layout: TrainedRunner["layout"];
}

interface Step {
  readonly node: GraphNode;
  readonly runner: TrainedRunner;
}

/**
 * @param graph channels last, its parameters and statistics among its constants
 * @throws LabError where a node has parameters that cannot be trained
 */
export function trainedGraph(graph: Graph): TrainedGraph {
  const shapes = shapesOf(graph, 1);
  const frozen: Runner[] = [];
  const steps: Step[] = graph.nodes.map((node) => {
    const call = callOf(graph, node, shapes, 1);
    const { train, prepare } = operatorOf(node, graph.name);
    if (train) return { node, runner: train(call) };
    const floats = node.inputs.find(
      (name) => name !== undefined && graph.constants.get(name)?.type === "float",
    );
    if (!prepare || floats !== undefined) {
      throw new LabError({
        code: "bad-file",
        input: `node ${node.name} (${node.operator})`,
        expected: "an operator that can be trained",
        found: floats === undefined ? "one that cannot" : `the parameter ${floats}`,
      });
    }
    const runner = prepare(call);
    frozen.push(runner);
    return { node, runner: withoutParameters(runner) };
  });
  const trained = placed(graph, steps, ({ runner }) => runner.parameters);
  const running = placed(graph, steps, ({ node }) =>
    node.operator === "BatchNormalization" ? [3, 4] : [],
  );
  const isTrained = new Set(trained.places.map(({ name }) => name));
  // A value needs a gradient where a parameter comes before it.
  const wanted = new Set<ValueName>(isTrained);
  for (const { node } of steps) {
    if (node.inputs.some((name) => name !== undefined && wanted.has(name))) wanted.add(node.output);
  }

  return {
    parameters: trained.values,
    statistics: running.values,
    decays: decaysOf(trained),
    gradient(parameters, x, lossOf) {
      const values = new Map<ValueName, Tensor>([[graph.input, x]]);
      for (const { name, shape, offset } of trained.places) {
        values.set(name, kernels().vectorPart(parameters, offset, shape));
      }
      const traced = forward(steps, values, wanted);
      const logits = values.get(graph.output);
      if (!logits) throw new RangeError(`${graph.output}: expected a value, found none`);
      const { loss, gradient } = lossOf(logits);
      const statistics = vectorOf(running.places, statisticsOf(steps, traced));
      const gradients = pullBack(steps, traced, wanted, graph.output, gradient);
      return { loss, gradient: vectorOf(trained.places, gradients), statistics };
    },
    named(parameters, statistics) {
      const entries = [
        ...hostValues(trained.places, parameters),
        ...hostValues(running.places, statistics),
      ];
      return new Map(entries);
    },
    dispose() {
      for (const runner of frozen) runner.dispose();
    },
  };
}

function decaysOf({ places, values }: ReturnType<typeof placed>): Uint8Array {
  const decays = new Uint8Array(values.length);
  for (const { shape, offset } of places) {
    if (shape.length > 1) decays.fill(1, offset, offset + sizeOf(shape));
  }
  return decays;
}

function withoutParameters(runner: Runner): TrainedRunner {
  return {
    parameters: [],
    ...(runner.endsInRelu !== undefined && { endsInRelu: runner.endsInRelu }),
    trace: (inputs) => runner.trace(inputs, inputs[0]?.shape[0] ?? 0) satisfies TracedNode,
  };
}

function placed(
  { constants }: Graph,
  steps: readonly Step[],
  inputsOf: (step: Step) => readonly number[],
): { readonly places: Place[]; readonly values: Float32Array } {
  const places: Place[] = [];
  const parts: Float32Array[] = [];
  let offset = 0;
  for (const step of steps) {
    for (const at of inputsOf(step)) {
      const name = step.node.inputs[at];
      const value = name === undefined ? undefined : constants.get(name);
      if (name === undefined || value?.type !== "float") continue;
      const isKernel = at === 1;
      const layout = isKernel ? step.runner.layout : undefined;
      const { shape, data } = layout ? layout.toDevice(value) : value;
      places.push({ name, shape, offset, layout });
      parts.push(data);
      offset += data.length;
    }
  }
  const values = new Float32Array(offset);
  places.forEach((place, index) => {
    values.set(parts[index] ?? [], place.offset);
  });
  return { places, values };
}

function forward(
  steps: readonly Step[],
  values: Map<ValueName, Tensor>,
  wanted: ReadonlySet<ValueName>,
): TrainedNode[] {
  return steps.map(({ node, runner }) => {
    const inputs: Inputs = node.inputs.map((name) =>
      name === undefined ? undefined : values.get(name),
    );
    const wants = node.inputs.map((name) => name !== undefined && wanted.has(name));
    const traced = runner.trace(inputs, wants);
    values.set(node.output, traced.output);
    return traced;
  });
}

/** Goes through the steps from the last to the first and adds up the gradient of each value. */
function pullBack(
  steps: readonly Step[],
  traced: readonly TrainedNode[],
  wanted: ReadonlySet<ValueName>,
  output: ValueName,
  gradient: Tensor,
): Map<ValueName, Tensor> {
  const gradients = new Map([[output, gradient]]);
  for (let at = steps.length - 1; at >= 0; at--) {
    const step = steps[at];
    const node = traced[at];
    const received = step && gradients.get(step.node.output);
    if (!step || !node || !received) continue;
    const { node: graphNode, runner } = step;
    const own = runner.endsInRelu
      ? kernels().reluGradient(received as Tensor4D, node.output as Tensor4D)
      : received;
    const parts = node.pullback(own);
    graphNode.inputs.forEach((name, place) => {
      const part = parts[place];
      if (name === undefined || !part || !wanted.has(name)) return;
      const before = gradients.get(name);
      gradients.set(name, before ? tf.add(before, part) : part);
    });
  }
  return gradients;
}

function statisticsOf(
  steps: readonly Step[],
  traced: readonly TrainedNode[],
): Map<ValueName, Tensor> {
  const found = new Map<ValueName, Tensor>();
  steps.forEach(({ node }, index) => {
    for (const { at, value } of traced[index]?.statistics ?? []) {
      const name = node.inputs[at];
      if (name !== undefined) found.set(name, value);
    }
  });
  return found;
}

function vectorOf(places: readonly Place[], values: ReadonlyMap<ValueName, Tensor>): Tensor1D {
  const parts = places.map(({ name, shape }) => {
    const value = values.get(name) ?? tf.zeros([...shape]);
    return tf.reshape<Rank.R1>(value, [-1]);
  });
  return parts.length === 0 ? tf.tensor1d([]) : tf.concat(parts);
}

function hostValues(
  places: readonly Place[],
  vector: Float32Array,
): (readonly [ValueName, HostFloats])[] {
  return places.map(({ name, shape, offset, layout }) => {
    const value = hostFloats(shape, vector.slice(offset, offset + sizeOf(shape)));
    return [name, layout ? layout.toHost(value) : value];
  });
}
