/**
 * Our own kernels for tfjs's WebGPU backend: a WGSL program each, run by the backend as its own
 * are, and registered with tfjs, so that its profiler and its counts of tensors see them.
 */
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { tf, type Tensor } from "../tf";
import { StepwiseBackend } from "./backend";

/** What tfjs (4.22.0) makes a shader of. */
export type Program = Parameters<WebGPUBackend["runWebGPUProgram"]>[0];

/** A number that a program is told, after the uniforms that tfjs tells it of itself. */
export type Uniform = NonNullable<Parameters<WebGPUBackend["runWebGPUProgram"]>[3]>[number];

const kernelNames = [
  "gpuConvolve",
  "gpuReluGradient",
  "gpuAdam",
  "gpuSoftmax",
  "gpuColumns",
  "gpuProducts",
] as const;
export type GpuKernelName = (typeof kernelNames)[number];

/** tfjs names kernels in one space; ours stand apart by this. */
const prefix = "StitchLab.";

/**
 * Of the call that is being made: tfjs hands on what is registered only tensors and plain values.
 */
let called: { readonly program: Program; readonly uniforms: Uniform[] } | undefined;

/** To be called once the WebGPU backend is the current one. */
export function registerKernels(): void {
  const registered = tf.getKernelsForBackend("webgpu").map(({ kernelName }) => kernelName);
  for (const name of kernelNames) {
    if (registered.includes(prefix + name)) continue;
    tf.registerKernel({
      kernelName: prefix + name,
      backendName: "webgpu",
      kernelFunc({ inputs, backend }) {
        if (!called || !(backend instanceof StepwiseBackend))
          throw new Error("called by runKernel only");
        const given = Object.values(inputs).flatMap((input) => input ?? []);
        return backend.runWebGPUProgram(called.program, given, "float32", called.uniforms);
      },
    });
  }
}

/**
 * Runs a program; only after `registerKernels`.
 *
 * @param inputs in the order of the program's variables
 * @returns of the program's output shape; the caller disposes it
 */
export function runProgram(
  name: GpuKernelName,
  program: Program,
  inputs: readonly Tensor[],
  uniforms: Uniform[] = [],
): Tensor {
  called = { program, uniforms };
  try {
    return tf.engine().runKernel<Tensor>(prefix + name, Object.fromEntries(inputs.entries()));
  } finally {
    called = undefined;
  }
}
