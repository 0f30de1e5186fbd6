/** The bytes that a node really needs, counted as tfjs makes and drops the memory of tensors. */
import { sizeOf } from "../../../../../src/core/graph/host-tensor";
import type { WorkBytes } from "../../../../../src/core/graph/operators/interface/operator";
import { tf, type Tensor } from "../../../../../src/core/tensor/tf";
import { callOf, operatorOf, valuesOf, type Example } from "./operator-call";

/** @returns what a node needs besides what it reads and gives */
export function measuredWork(example: Example): Required<WorkBytes> {
  const runner = operatorOf(example).prepare?.(callOf(example));
  if (!runner) throw new RangeError(`${example.operator}: expected one that runs on the device`);
  const inputs = valuesOf(example).map(
    (value): Tensor | undefined =>
      value && tf.tensor(Float32Array.from(value.data), [...value.shape], "float32"),
  );
  const n = inputs.find((input) => input)?.shape[0] ?? 1;
  const gradientOf = (meter?: Meter): Required<WorkBytes> => {
    const { output, pullback } = runner.trace(inputs, n);
    // An output that shares its input's memory needs none.
    const kept = (meter?.bytes ?? 0) - bytesOf(output);
    const upstream = tf.ones(output.shape);
    const before = meter?.restart() ?? 0;
    const gradients = pullback(upstream).reduce((sum, part) => sum + (part ? bytesOf(part) : 0), 0);
    return { forward: 0, kept, pullback: (meter?.peak ?? 0) - before - gradients };
  };
  // What is made at the first call is the runner's from then on.
  tf.tidy(() => void runner.forward(inputs, n));
  tf.tidy(() => void gradientOf());
  const forward = metered((meter) => {
    const output = bytesOf(runner.forward(inputs, n));
    return meter.peak - output;
  });
  const { kept, pullback } = metered(gradientOf);
  runner.dispose();
  tf.dispose(inputs.filter((input) => input !== undefined));
  return {
    forward: Math.max(0, forward),
    kept: Math.max(0, kept),
    pullback: Math.max(0, pullback),
  };
}

interface Meter {
  /** Of all memory that was made since the beginning and is still there. */
  readonly bytes: number;
  readonly peak: number;
  /** Forgets the peak. @returns the bytes that are there now */
  restart(): number;
}

/** What tfjs's engine (4.22.0) calls for each tensor, and for each memory that no tensor has any more. */
interface Engine {
  trackTensor?: (tensor: Tensor, backend: unknown) => void;
  removeDataId?: (id: object, backend: unknown) => void;
}

function metered<T>(run: (meter: Meter) => T): T {
  const engine = tf.engine() as unknown as Engine;
  const { trackTensor, removeDataId } = engine;
  if (!trackTensor || !removeDataId) throw new TypeError("expected tfjs’s engine");
  const live = new Map<object, number>();
  const meter = {
    bytes: 0,
    peak: 0,
    restart(): number {
      meter.peak = meter.bytes;
      return meter.bytes;
    },
  };
  engine.trackTensor = (tensor, backend) => {
    if (!(tf.engine().state.tensorInfo as WeakMap<object, unknown>).has(tensor.dataId)) {
      live.set(tensor.dataId, bytesOf(tensor));
      meter.bytes += bytesOf(tensor);
      meter.peak = Math.max(meter.peak, meter.bytes);
    }
    trackTensor.call(engine, tensor, backend);
  };
  engine.removeDataId = (id, backend) => {
    meter.bytes -= live.get(id) ?? 0;
    live.delete(id);
    removeDataId.call(engine, id, backend);
  };
  try {
    return tf.tidy(() => run(meter) as never);
  } finally {
    // Those of the class again.
    delete engine.trackTensor;
    delete engine.removeDataId;
  }
}

function bytesOf({ shape, dtype }: Tensor): number {
  return (dtype === "bool" ? 1 : 4) * sizeOf(shape);
}
