/**
 * tfjs's WebGPU backend (4.22.0), with its commands submitted by the step.
 *
 * tfjs submits every 15 dispatches and once for every tensor read, and keeps a disposed tensor's
 * memory from its next use until then. Here nothing is submitted before a step ends or something is
 * read; all that is read in one turn of the thread shares one submit; and memory is used again at
 * once. That is safe, because every command that touches a tensor's buffer, uploads included, goes
 * through the one encoder, in order. Uniforms are written past it: their buffers are still kept
 * until the submit.
 */
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import * as z from "../../schema";
import { tf } from "../tf";

/** More than any step has: tfjs never submits by itself. */
const dispatchesPerSubmit = Number.MAX_SAFE_INTEGER;

/**
 * Steps that may be submitted and not done: the one that the device works on, and one that waits
 * for it.
 */
const stepsInFlight = 2;

/**
 * GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST, and GPUMapMode.READ. WebGPU, sections 5.1 and
 * 5.3.
 */
const stagingUsage = 0x1 | 0x8;
const mapForReading = 0x1;

const compileOnly = "WEBGPU_ENGINE_COMPILE_ONLY";

/** What we use of tfjs's encoder, which its types keep to themselves. */
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

/** What recordings use of a pass. */
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
  /** How often commands were handed to the device. */
  submits = 0;
  #submitting: Promise<void> | undefined;

  constructor(...device: ConstructorParameters<typeof WebGPUBackend>) {
    super(...device);
    tf.env().set("WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE", dispatchesPerSubmit);
  }

  /** Whether programs are only compiled at present: what is computed is rubbish. */
  get compilesOnly(): boolean {
    return tf.env().getBool(compileOnly);
  }

  /**
   * Whether work can be recorded at present: not while it is only compiled, nor while its kernels
   * are timed.
   */
  get records(): boolean {
    return !this.compilesOnly && !Reflect.get(this, "activeTimers");
  }

  /** The encoder of the step under way, with no pass open. */
  encoder(): CommandEncoder {
    this.ensureCommandEncoderReady();
    this.endComputePassEncoder();
    return commandEncoder.parse(this.#recorded());
  }

  /**
   * Runs `work` without computing anything: its programs are compiled, in parallel, and what it
   * reads are zeros. Resolves when they are compiled. Nothing else may run meanwhile.
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

  /** Submits what was recorded. Resolves when no more than `stepsInFlight` steps are to be done. */
  async endStep(): Promise<void> {
    this.submitRecorded();
    this.#inFlight.push(this.queue.onSubmittedWorkDone());
    if (this.#inFlight.length > stepsInFlight) await this.#inFlight.shift();
  }

  override runWebGPUProgram(
    ...program: Parameters<WebGPUBackend["runWebGPUProgram"]>
  ): ReturnType<WebGPUBackend["runWebGPUProgram"]> {
    const output = super.runWebGPUProgram(...program);
    // Whose memory tfjs would keep until the submit.
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

  /** Hands what was recorded since the last submit to the device. */
  submitRecorded(): void {
    this.endComputePassEncoder();
    if (!this.#recorded()) return;
    this.submitQueue();
    this.submits++;
  }

  /** tfjs's encoder; null where nothing was recorded since the last submit. */
  #recorded(): unknown {
    return Reflect.get(this, "commandEncoder");
  }
}
