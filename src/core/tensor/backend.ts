/**
 * The backend in use. One thread runs one backend for as long as it lives; `startCpu`, `startWasm`,
 * `startWebgl` and `startWebgpu`, in the folders of the implementations, choose it.
 */
import type { Kernels } from "./kernels";
import { tf, type Tensor } from "./tf";

export interface Backend {
  readonly kernels: Kernels;
  /**
   * Whether reading a tensor is a copy in memory, as on CPU backends, and not a wait for a device.
   */
  readonly readsAtOnce: boolean;
  /** Absent on CPU backends and WebGL, which run every command when it is given. */
  readonly queue?: CommandQueue;
}

/** The commands of a device that runs them later, in batches. */
export interface CommandQueue {
  /** Whether programs are only compiled at present: results are meaningless. */
  readonly compilesOnly: boolean;
  /** Whether commands can be recorded at present. */
  readonly records: boolean;
  /** Runs `work` on copies of `inputs` and records its commands. */
  record(work: Work, inputs: readonly Tensor[]): Recording;
  /** Submits the step. Resolves when few enough steps are unfinished. */
  endStep(): Promise<void>;
  /** Compiles every program that `work` uses, without running one. */
  compileOnly(work: () => Promise<void>): Promise<void>;
}

export type Work = (...inputs: Tensor[]) => Tensor[];

/** The commands of a function of tensors. */
export interface Recording {
  /**
   * Runs the commands on other inputs of the same shapes.
   *
   * @returns tensors that the caller disposes
   */
  run(inputs: readonly Tensor[]): Tensor[];
  /** @returns copies of the last run's results; the caller disposes them */
  results(): Tensor[];
  dispose(): void;
}

let current: Backend | undefined;

/**
 * Makes tfjs run one of its backends, and `describe`s it to everything else here.
 *
 * @param describe called once tfjs runs the backend
 * @throws Error when tfjs cannot start it
 */
export async function activateBackend(name: string, describe: () => Backend): Promise<void> {
  // Silences advice to install native bindings, and skips checks meant for development.
  tf.enableProdMode();
  if (!(await tf.setBackend(name))) throw new Error(`tfjs could not start its ${name} backend`);
  await tf.ready();
  current = describe();
}

/** The operators of the backend in use. */
export function kernels(): Kernels {
  if (!current) throw new Error("No backend is running. Start one first.");
  return current.kernels;
}

/** The command queue of the backend in use; undefined where it has none. */
export function commandQueue(): CommandQueue | undefined {
  return current?.queue;
}

/**
 * Whether reading a tensor is a copy in memory, as on CPU backends, and not a wait for a device.
 */
export function readsAtOnce(): boolean {
  return current?.readsAtOnce ?? false;
}

/** Bytes of the backend's tensors: on the graphics card where it is one, in memory elsewhere. */
export function tensorBytes(): number {
  const { numBytes, numBytesInGPU } = tf.memory() as tf.MemoryInfo & { numBytesInGPU?: number };
  return numBytesInGPU ?? numBytes;
}
