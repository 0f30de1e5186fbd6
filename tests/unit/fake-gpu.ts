/**
 * A WebGPU device that computes nothing: buffers read as zeros. It counts what it is asked for, so
 * that tests hold everywhere how programs are compiled and commands submitted; what shaders compute
 * is the browser's to test.
 */
import { startWebgpu } from "../../src/core/tensor/webgpu/start";

export interface GpuCounts {
  /** Compute pipelines made while the caller waits. */
  pipelines: number;
  /** Those made aside. */
  pipelinesAhead: number;
  dispatches: number;
  submits: number;
  bindGroups: number;
  /** Bytes of buffers made and not destroyed. */
  bytes: number;
}

export interface StandInGpu {
  readonly counts: GpuCounts;
  /** Submits that are not done yet. */
  waiting(): number;
  /** Whether submits are done at once, as they are at first. */
  setPrompt(prompt: boolean): void;
  /** Does the oldest submit that is not done. */
  finishOne(): void;
}

class StandInBuffer {
  mapState: "mapped" | "unmapped";
  readonly size: number;
  readonly usage: number;
  readonly #destroyed: () => void;
  readonly #done: () => Promise<void>;

  constructor(
    { size, usage, mappedAtCreation = false }: GPUBufferDescriptor,
    done: () => Promise<void>,
    destroyed: () => void,
  ) {
    this.size = size;
    this.usage = usage;
    this.mapState = mappedAtCreation ? "mapped" : "unmapped";
    this.#done = done;
    this.#destroyed = destroyed;
  }

  getMappedRange(): ArrayBuffer {
    return new ArrayBuffer(this.size);
  }

  async mapAsync(): Promise<void> {
    await this.#done();
    this.mapState = "mapped";
  }

  unmap(): void {
    this.mapState = "unmapped";
  }

  destroy(): void {
    this.#destroyed();
  }
}

/** Starts tfjs on a device of its own for this test file. */
export async function startStandInGpu(): Promise<StandInGpu> {
  Object.assign(globalThis, {
    GPUBuffer: StandInBuffer,
    // Not a class of any buffer.
    GPUTexture: Map,
    GPUBufferUsage: {
      MAP_READ: 1,
      MAP_WRITE: 2,
      COPY_SRC: 4,
      COPY_DST: 8,
      UNIFORM: 64,
      STORAGE: 128,
      QUERY_RESOLVE: 512,
    },
    GPUMapMode: { READ: 1, WRITE: 2 },
  });
  Object.defineProperty(globalThis, "navigator", { value: { gpu: {} }, configurable: true });

  const counts = {
    pipelines: 0,
    pipelinesAhead: 0,
    bindGroups: 0,
    dispatches: 0,
    submits: 0,
    bytes: 0,
  };
  let prompt = true;
  const unfinished: { readonly promise: Promise<void>; readonly finish: () => void }[] = [];
  const done = async (): Promise<void> => {
    await unfinished.at(-1)?.promise;
  };
  function begin(): void {
    let finish = (): void => undefined;
    const promise = new Promise<void>((resolve) => (finish = resolve));
    unfinished.push({ promise, finish });
  }
  const pipeline = { getBindGroupLayout: () => ({}) };
  const pass = {
    setPipeline: () => undefined,
    setBindGroup: () => undefined,
    dispatchWorkgroups: () => (counts.dispatches += 1),
    end: () => undefined,
  };
  const encoder = {
    beginComputePass: () => pass,
    copyBufferToBuffer: () => undefined,
    finish: () => ({}),
  };
  const device = {
    features: new Set(),
    limits: {
      maxComputeWorkgroupsPerDimension: 65_535,
      maxStorageBuffersPerShaderStage: 8,
      maxComputeInvocationsPerWorkgroup: 256,
      maxComputeWorkgroupSizeX: 256,
      maxComputeWorkgroupStorageSize: 16_384,
      maxStorageBufferBindingSize: 2 ** 27,
      maxBufferSize: 2 ** 28,
    },
    queue: {
      submit() {
        counts.submits += 1;
        if (!prompt) begin();
      },
      writeBuffer: () => undefined,
      onSubmittedWorkDone: done,
    },
    createBuffer(descriptor: GPUBufferDescriptor) {
      counts.bytes += descriptor.size;
      return new StandInBuffer(descriptor, done, () => (counts.bytes -= descriptor.size));
    },
    createShaderModule: () => ({}),
    createComputePipeline() {
      counts.pipelines += 1;
      return pipeline;
    },
    createComputePipelineAsync() {
      counts.pipelinesAhead += 1;
      return Promise.resolve(pipeline);
    },
    createBindGroup: () => {
      counts.bindGroups += 1;
      return {};
    },
    createCommandEncoder: () => encoder,
  };
  const info = { vendor: "", architecture: "", device: "", description: "stand-in" };
  await startWebgpu(device as unknown as GPUDevice, info as GPUAdapterInfo);
  return {
    counts,
    waiting: () => unfinished.length,
    setPrompt(now) {
      prompt = now;
      if (prompt) for (const submit of unfinished.splice(0)) submit.finish();
    },
    finishOne() {
      unfinished.shift()?.finish();
    },
  };
}
