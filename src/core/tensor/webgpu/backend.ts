/**
 * tfjs's WebGPU backend (4.22.0), with commands submitted step by step.
 *
 * tfjs submits every 15 dispatches and once for every tensor read, and does not reuse a disposed
 * tensor's memory until then. Here nothing is submitted before a step ends or something is read;
 * all reads in one turn of the thread share one submit; and memory is reused at once. That is safe,
 * because every command on a tensor's buffer, uploads included, goes through the one encoder, in
 * order. Uniforms bypass it: their buffers are kept until the submit.
 */
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import * as z from "../../schema";
import { tf } from "../tf";

/** More than any step has: tfjs never submits on its own. */
const dispatchesPerSubmit = Number.MAX_SAFE_INTEGER;

/** Maximum of submitted, unfinished steps: one running on the device, and one waiting. */
const stepsInFlight = 2;

/**
 * GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST, and GPUMapMode.READ. WebGPU, sections 5.1 and
 * 5.3.
 */
const stagingUsage = 0x1 | 0x8;
const mapForReading = 0x1;

const compileOnly = "WEBGPU_ENGINE_COMPILE_ONLY";

/** The parts of tfjs's encoder that we use, which its types hide. */
interface CommandEncoder {
  copyBufferToBuffer(
    from: object,
    fromByte: number,
    to: object,
    toByte: number,
    bytes: number,
  ): void;
  beginComputePass(): ComputePass;
}

/** The parts of a pass that recordings use. */
export interface ComputePass {
  setPipeline(pipeline: object): void;
  setBindGroup(index: number, bindGroup: object): void;
  dispatchWorkgroups(x: number, y: number, z: number): void;
  end(): void;
}
const commandEncoder = z.custom<CommandEncoder>(
  (value: unknown) => typeof value === "object" && value !== null && "copyBufferToBuffer" in value,
);

export class StepwiseBackend extends WebGPUBackend {
  readonly #inFlight: Promise<unknown>[] = [];
  /** Number of submits so far. */
  submits = 0;
  #submitting: Promise<void> | undefined;

  constructor(...device: ConstructorParameters<typeof WebGPUBackend>) {
    super(...device);
    tf.env().set("WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE", dispatchesPerSubmit);
  }

  /** Whether programs are only compiled at present: results are meaningless. */
  get compilesOnly(): boolean {
    return tf.env().getBool(compileOnly);
  }

  /**
   * Whether commands can be recorded at present: not while programs are only compiled, nor while
   * kernels are timed.
   */
  get records(): boolean {
    return !this.compilesOnly && !Reflect.get(this, "activeTimers");
  }

  /** The encoder of the current step, with no pass open. */
  encoder(): CommandEncoder {
    this.ensureCommandEncoderReady();
    this.endComputePassEncoder();
    return commandEncoder.parse(this.#recorded());
  }

  /**
   * Runs `work` without computing anything: its programs are compiled in parallel, and it reads
   * zeros. Resolves when they are compiled. Nothing else may run meanwhile.
   */
  async compileOnly(work: () => Promise<void>): Promise<void> {
    tf.env().set(compileOnly, true);
    try {
      await work();
    } finally {
      tf.env().set(compileOnly, false);
      await this.checkCompileCompletionAsync();
    }
  }

  /** Submits the recorded commands. Resolves when at most `stepsInFlight` steps are unfinished. */
  async endStep(): Promise<void> {
    this.submitRecorded();
    this.#inFlight.push(this.queue.onSubmittedWorkDone());
    if (this.#inFlight.length > stepsInFlight) await this.#inFlight.shift();
  }

  override runWebGPUProgram(
    ...program: Parameters<WebGPUBackend["runWebGPUProgram"]>
  ): ReturnType<WebGPUBackend["runWebGPUProgram"]> {
    const output = super.runWebGPUProgram(...program);
    // Otherwise tfjs would keep their memory until the submit.
    Object.assign(this, { commandQueueOwnedIds: new WeakSet() });
    return output;
  }

  override async getBufferData(
    buffer: Parameters<WebGPUBackend["getBufferData"]>[0],
  ): Promise<ArrayBuffer> {
    const { size } = buffer;
    if (this.compilesOnly) return new ArrayBuffer(size);
    const staging = this.bufferManager.acquireBuffer(size, stagingUsage);
    this.encoder().copyBufferToBuffer(buffer, 0, staging, 0, size);
    await this.#submitAfterThisTurn();
    await staging.mapAsync(mapForReading);
    const values = staging.getMappedRange().slice(0);
    staging.unmap();
    this.bufferManager.releaseBuffer(staging);
    return values;
  }

  #submitAfterThisTurn(): Promise<void> {
    this.#submitting ??= Promise.resolve().then(() => {
      this.#submitting = undefined;
      this.submitRecorded();
    });
    return this.#submitting;
  }

  /** Submits the commands recorded since the last submit. */
  submitRecorded(): void {
    this.endComputePassEncoder();
    if (!this.#recorded()) return;
    this.submitQueue();
    this.submits++;
  }

  /** tfjs's encoder; null if nothing was recorded since the last submit. */
  #recorded(): unknown {
    return Reflect.get(this, "commandEncoder");
  }
}
