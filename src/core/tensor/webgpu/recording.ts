/**
 * The dispatches of a function of tensors, recorded once and replayed. A dispatch through tfjs
 * costs the processor more than a small kernel costs the device: tfjs creates and writes a uniform
 * buffer, creates a bind group and builds a key. A training step has a hundred, always the same.
 * Replayed, a dispatch is three calls.
 *
 * The recorded function must be pure and must not read tensors back. Its tensors lie in buffers
 * that only the recording uses: inputs are copied into them, outputs out of them. Its constants are
 * uploaded once, into buffers that are never reused.
 */
import * as z from "../../schema";
import type { Recording, Work } from "../backend";
import { tf, type Tensor } from "../tf";
import type { ComputePass, StepwiseBackend } from "./backend";

type BufferManager = StepwiseBackend["bufferManager"];

interface Dispatch {
  readonly pipeline: object;
  readonly bindGroup: object;
  readonly workgroups: Parameters<ComputePass["dispatchWorkgroups"]>;
}

const object = z.custom<object>((value: unknown) => typeof value === "object" && value !== null);
const bufferManagerMaker = z.custom<new (device: object) => BufferManager>(
  (value: unknown) => typeof value === "function",
);
// The array itself; `z.array` would return a copy.
const pendingUniforms = z.custom<object[]>((value: unknown) => Array.isArray(value));

export class GpuRecording implements Recording {
  readonly #backend: StepwiseBackend;
  readonly #buffers: BufferManager;
  readonly #inputs: readonly Tensor[];
  readonly #outputs: readonly Tensor[];
  readonly #dispatches: readonly Dispatch[];
  /** Number of submits at the last run. */
  #ranAt = -1;

  /** Runs `work` on copies of `inputs`. Its lasting constants must exist: run it once before. */
  constructor(backend: StepwiseBackend, work: Work, inputs: readonly Tensor[]) {
    this.#backend = backend;
    this.#buffers = lastingBuffers(backend);
    const dispatches: Dispatch[] = [];
    const before = backend.bufferManager;
    for (const input of inputs) if (!this.#waiting(input)) backend.uploadToGPU(input.dataId);
    backend.bufferManager = this.#buffers;
    try {
      this.#inputs = inputs.map(({ shape, dtype }) => tf.keep(this.#empty(shape, dtype)));
      this.#copyInputs(inputs);
      const uniforms = this.#pendingUniforms().length;
      const pass = noted(this.#beginPass(), dispatches);
      Object.assign(backend, { computePassEncoder: pass });
      this.#outputs = tf.tidy(() => work(...this.#inputs).map((output) => tf.keep(output)));
      // Commands in another pass would be missing from every replay.
      if (Reflect.get(backend, "computePassEncoder") !== pass)
        throw new Error("Work to be replayed must neither read nor submit.");
      backend.endComputePassEncoder();
      // Written once and read by every replay: must not be released after the submit.
      this.#pendingUniforms().splice(uniforms);
    } finally {
      backend.bufferManager = before;
    }
    this.#dispatches = dispatches;
  }

  /** @returns tensors that the caller disposes */
  run(inputs: readonly Tensor[]): Tensor[] {
    this.#copyInputs(inputs);
    const pass = this.#beginPass();
    for (const { pipeline, bindGroup, workgroups } of this.#dispatches) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindGroup);
      pass.dispatchWorkgroups(...workgroups);
    }
    pass.end();
    return this.results();
  }

  /** Returns copies of the last run's results; the caller disposes them. */
  results(): Tensor[] {
    return this.#outputs.map((output) => {
      const copy = this.#empty(output.shape, output.dtype);
      this.#copy(output, copy);
      return copy;
    });
  }

  dispose(): void {
    // Recorded commands, not yet submitted, may use the buffers.
    this.#backend.submitRecorded();
    const before = this.#backend.bufferManager;
    this.#backend.bufferManager = this.#buffers;
    try {
      tf.dispose([...this.#inputs, ...this.#outputs]);
    } finally {
      this.#backend.bufferManager = before;
    }
    this.#buffers.dispose();
  }

  #empty(shape: number[], dtype: Tensor["dtype"]): Tensor {
    return tf.engine().makeTensorFromTensorInfo(this.#backend.makeTensorInfo(shape, dtype));
  }

  #copyInputs(inputs: readonly Tensor[]): void {
    this.#inputs.forEach((own, index) => {
      const input = inputs[index];
      if (input && !this.#write(input, own)) this.#copy(input, own);
    });
    this.#ranAt = this.#backend.submits;
  }

  /** Writes numbers that are not on the device yet straight into the input's buffer. */
  #write(from: Tensor, to: Tensor): boolean {
    const { tensorMap, queue } = this.#backend;
    const values = this.#waiting(from);
    if (!values) return false;
    this.#backend.uploadToGPU(to.dataId);
    // The queue writes at once: submit an earlier run first.
    if (this.#ranAt === this.#backend.submits) this.#backend.submitRecorded();
    const target = object.parse(tensorMap.get(to.dataId).resource);
    queue.writeBuffer(target as GPUBuffer, 0, values.buffer, values.byteOffset, values.byteLength);
    return true;
  }

  #copy(from: Tensor, to: Tensor): void {
    const [source, target] = [from, to].map(({ dataId }) => {
      this.#backend.uploadToGPU(dataId);
      return object.parse(this.#backend.tensorMap.get(dataId).resource);
    });
    if (!source || !target) return;
    this.#backend.encoder().copyBufferToBuffer(source, 0, target, 0, 4 * from.size);
  }

  /** Returns a tensor's numbers if they are not on the device yet. */
  #waiting({ dataId }: Tensor): Float32Array | undefined {
    const { values, resource } = this.#backend.tensorMap.get(dataId);
    return !resource && values instanceof Float32Array ? values : undefined;
  }

  #beginPass(): ComputePass {
    return this.#backend.encoder().beginComputePass();
  }

  #pendingUniforms(): object[] {
    return pendingUniforms.parse(Reflect.get(this.#backend, "uniformPendingDisposal"));
  }
}

/** Wraps a pass and notes its dispatches. */
function noted(pass: ComputePass, dispatches: Dispatch[]): ComputePass {
  let [pipeline, bindGroup]: [object, object] = [{}, {}];
  return {
    setPipeline(next) {
      pipeline = next;
      pass.setPipeline(next);
    },
    setBindGroup(index, next) {
      bindGroup = next;
      pass.setBindGroup(index, next);
    },
    dispatchWorkgroups(...workgroups) {
      dispatches.push({ pipeline, bindGroup, workgroups });
      pass.dispatchWorkgroups(...workgroups);
    },
    end() {
      pass.end();
    },
  };
}

/** A buffer manager that reuses only buffers that every replay writes again, not uploaded ones. */
function lastingBuffers({ bufferManager, device }: StepwiseBackend): BufferManager {
  const made = new (bufferManagerMaker.parse(bufferManager.constructor))(device);
  const acquire = made.acquireBuffer.bind(made);
  const release = made.releaseBuffer.bind(made);
  const uploaded = new WeakSet<object>();
  made.acquireBuffer = (size, usage, mapped = false, reuse = true) => {
    const buffer = acquire(size, usage, mapped, reuse && !mapped);
    if (mapped) uploaded.add(buffer);
    return buffer;
  };
  made.releaseBuffer = (buffer, reuse) => {
    if (!uploaded.has(buffer)) release(buffer, reuse);
  };
  return made;
}
