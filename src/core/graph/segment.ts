/**
 * The part of a graph between two of its values, on the device: forward, and kept differentiable
 * with respect to what it reads. Weights are constants: no other gradient is needed.
 */
import { kernels } from "../tensor/backend";
import { tf, type Tensor, type Tensor4D } from "../tensor/tf";
import type { ValueName } from "./graph";
import type { Shape } from "./host-tensor";
import { segmentMemory, type SegmentMemory, type StepMemory } from "./memory";
import type { Inputs, Runner, TracedNode } from "./operators/interface/operator";

/**
 * A frozen function from one tap to the next (or from the image to the first tap, or from the last
 * tap to the logits). Owns its weights until `dispose`.
 */
export interface Segment {
  readonly memory: SegmentMemory;
  /** @returns a new tensor; the caller disposes it */
  forward(x: Tensor): Tensor;
  /**
   * Like `forward`, kept differentiable. Intermediate tensors live until the surrounding `tidy`
   * ends: call it inside one.
   */
  trace(x: Tensor): Traced;
  dispose(): void;
}

/** Builds a segment from its parameters. @throws LabError naming the first that does not fit */
export type BuildSegment = () => Segment;

/**
 * An output and the map from its gradient to the input's gradient. Networks are frozen: no other
 * gradient is needed.
 */
export interface Traced {
  readonly output: Tensor;
  /**
   * @param gradient of the loss with respect to `output`, of the same shape
   * @returns gradient with respect to the input
   */
  readonly pullback: (gradient: Tensor) => Tensor;
}

/** A node, and where it reads and writes. */
export interface Step extends StepMemory {
  readonly runner: Runner;
  /** Undefined where the node reads a constant, or nothing. */
  readonly inputs: readonly (ValueName | undefined)[];
}

/**
 * @param steps in order; each reads `from` or outputs of earlier ones
 * @param reads bytes of `from` for one image
 * @param imagesOf the number of images in a batch of `from`
 */
export function graphSegment(
  steps: readonly Step[],
  { from, to, reads }: { readonly from: ValueName; readonly to: ValueName; readonly reads: number },
  imagesOf: (shape: Shape) => number,
): Segment {
  const lastReads = lastReadsOf(steps);
  const readCounts = readCountsOf(steps);
  const kept = keptFor(steps, to);
  const inputsOf = (step: Step, values: ReadonlyMap<ValueName, Tensor>): Inputs =>
    step.inputs.map((input) => (input === undefined ? undefined : values.get(input)));

  return {
    memory: segmentMemory(steps, { from, to, reads }, lastReads, kept),
    forward: (x) =>
      tf.tidy(() => {
        const n = imagesOf(x.shape);
        const values = new Map([[from, x]]);
        steps.forEach((step, at) => {
          values.set(
            step.output,
            tf.tidy(() => step.runner.forward(inputsOf(step, values), n)),
          );
          for (const name of lastReads[at] ?? []) {
            if (name !== from && name !== to) values.get(name)?.dispose();
          }
        });
        return result(values, from, to);
      }),
    trace(x): Traced {
      const n = imagesOf(x.shape);
      const values = new Map([[from, x]]);
      const traced: TracedNode[] = steps.map((step, at) => {
        const node = step.runner.trace(inputsOf(step, values), n);
        values.set(step.output, node.output);
        for (const name of lastReads[at] ?? []) {
          if (name !== from && !kept.has(name)) values.get(name)?.dispose();
        }
        return node;
      });
      return {
        output: result(values, from, to),
        pullback: (gradient) =>
          tf.tidy(() => pullBack(steps, traced, values, readCounts, { from, to }, gradient)),
      };
    },
    dispose() {
      for (const { runner } of steps) runner.dispose();
    },
  };
}

/** Goes through the steps from the last to the first and adds up the gradient of each value. */
function pullBack(
  steps: readonly Step[],
  traced: readonly TracedNode[],
  values: ReadonlyMap<ValueName, Tensor>,
  readCounts: ReadonlyMap<ValueName, number>,
  { from, to }: { readonly from: ValueName; readonly to: ValueName },
  gradient: Tensor,
): Tensor {
  const gradients = new Map([[to, gradient]]);
  const missing = new Map(readCounts);
  const masked = new Set<ValueName>();
  const makers = new Map(steps.map((step) => [step.output, step]));
  for (let at = steps.length - 1; at >= 0; at--) {
    const step = steps[at];
    const node = traced[at];
    const received = step && gradients.get(step.output);
    if (!step || !node || !received) continue;
    const own =
      step.runner.endsInRelu === true && !masked.has(step.output)
        ? kernels().reluGradient(received as Tensor4D, node.output as Tensor4D)
        : received;
    const [first] = step.inputs;
    const isFused = step.runner.fusesEpilogue === true && first !== undefined;
    // Of a value's gradients the last is added to the others and masked where it is computed.
    const isLast =
      isFused && missing.get(first) === step.inputs.filter((name) => name === first).length;
    const addend = isFused && isLast ? gradients.get(first) : undefined;
    const mask =
      isLast && first !== from && makers.get(first)?.runner.endsInRelu === true
        ? values.get(first)
        : undefined;
    const onlyOnce = isFused && step.inputs.filter((name) => name === first).length === 1;
    const epilogue = onlyOnce
      ? { ...(addend && { addend: addend as Tensor4D }), ...(mask && { mask: mask as Tensor4D }) }
      : undefined;
    const results = node.pullback(own, epilogue);
    step.inputs.forEach((name, place) => {
      const part = results[place];
      if (name === undefined) return;
      missing.set(name, (missing.get(name) ?? 1) - 1);
      if (!part) return;
      const before = gradients.get(name);
      if (place === 0 && epilogue) {
        gradients.set(name, before && !epilogue.addend ? tf.add(before, part) : part);
        if (epilogue.mask) masked.add(name);
      } else {
        gradients.set(name, before ? tf.add(before, part) : part);
      }
    });
  }
  return gradients.get(from) ?? tf.zerosLike(result(values, from, from));
}

function result(values: ReadonlyMap<ValueName, Tensor>, from: ValueName, to: ValueName): Tensor {
  const found = values.get(to);
  if (!found) throw new RangeError(`${to}: expected a value after ${from}, found none`);
  // With the clone, the caller can dispose both input and output.
  return from === to ? found.clone() : found;
}

/** The values that each step reads as the last. */
function lastReadsOf(steps: readonly Step[]): ValueName[][] {
  const last = new Map<ValueName, number>();
  steps.forEach(({ inputs }, at) => {
    for (const name of inputs) if (name !== undefined) last.set(name, at);
  });
  const reads: ValueName[][] = steps.map(() => []);
  for (const [name, at] of last) reads[at]?.push(name);
  return reads;
}

function readCountsOf(steps: readonly Step[]): Map<ValueName, number> {
  const counts = new Map<ValueName, number>();
  for (const { inputs } of steps) {
    for (const name of inputs)
      if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** The values that some pullback reads again. */
function keptFor(steps: readonly Step[], to: ValueName): Set<ValueName> {
  const kept = new Set([to]);
  for (const { runner, inputs, output } of steps) {
    const { keeps = { inputs: true, output: true } } = runner;
    if (keeps.output || runner.endsInRelu) kept.add(output);
    if (keeps.inputs) for (const name of inputs) if (name !== undefined) kept.add(name);
  }
  return kept;
}
