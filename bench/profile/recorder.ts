/** Kernels of one piece of work, summed by name. */
import { tf } from "../../src/core/tensor/tf";
import { StepwiseBackend } from "../../src/core/tensor/webgpu/backend";
import { bytesOf, flopsOf } from "./operations";

export interface KernelRow {
  readonly name: string;
  readonly calls: number;
  readonly ms: number;
  /** Of all kernels' time, in [0, 1]. */
  readonly share: number;
  readonly gflop: number | null;
  readonly gflopsPerSecond: number | null;
  readonly bytes: number;
}

/** Reshapes and the like, which tfjs counts as kernels but which touch no number. */
const free = new Set(["Identity", "Reshape"]);
/** Of the names that tfjs gives to operators that call a kernel, which it counts as well. */
const wrapperEnding = "__op";

export interface Recording {
  /** By falling time; where no time was taken, by falling bytes. */
  readonly rows: readonly KernelRow[];
  /** Programs given to a GPU, of which a kernel may have several; null on a CPU. */
  readonly dispatches: number | null;
}

export async function recordKernels(work: () => Promise<void>): Promise<Recording> {
  const backend = tf.backend();
  if (!(backend instanceof StepwiseBackend)) {
    return { rows: await rowsOf(work), dispatches: null };
  }
  let dispatches = 0;
  const run = backend.runWebGPUProgram.bind(backend);
  backend.runWebGPUProgram = (...program) => {
    dispatches++;
    return run(...program);
  };
  try {
    return { rows: await rowsOf(work), dispatches };
  } finally {
    backend.runWebGPUProgram = run;
  }
}

async function rowsOf(work: () => Promise<void>): Promise<KernelRow[]> {
  const { kernels } = await tf.profile(async () => {
    await work();
    return tf.scalar(0);
  });
  const sums = new Map<
    string,
    { calls: number; ms: number; gflop: number | null; bytes: number }
  >();
  for (const kernel of kernels) {
    if (free.has(kernel.name) || kernel.name.endsWith(wrapperEnding)) continue;
    const call = { name: kernel.name, inputs: kernel.inputShapes, outputs: kernel.outputShapes };
    const time = await kernel.kernelTimeMs;
    const flops = flopsOf(call);
    const sum = sums.get(kernel.name) ?? { calls: 0, ms: 0, gflop: null, bytes: 0 };
    sums.set(kernel.name, {
      calls: sum.calls + 1,
      ms: sum.ms + (typeof time === "number" ? time : 0),
      gflop: flops === null ? sum.gflop : (sum.gflop ?? 0) + flops / 1e9,
      bytes: sum.bytes + bytesOf(call),
    });
  }
  const total = [...sums.values()].reduce((ms, sum) => ms + sum.ms, 0);
  return [...sums]
    .map(([name, sum]) => ({
      name,
      ...sum,
      share: total > 0 ? sum.ms / total : 0,
      gflopsPerSecond: sum.gflop === null || sum.ms === 0 ? null : (1000 * sum.gflop) / sum.ms,
    }))
    .sort((a, b) => b.ms - a.ms || b.bytes - a.bytes);
}
