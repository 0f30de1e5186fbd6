/**
 * Registers and runs our kernels for tfjs's WebGPU backend, one WGSL program each. The backend runs
 * them like its own, and its profiler and tensor counts include them.
 */
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { tf, type Tensor } from "../tf";
import { StepwiseBackend } from "./backend";

/** The description from which tfjs (4.22.0) makes a shader. */
export type Program = Parameters<WebGPUBackend["runWebGPUProgram"]>[0];

/** A uniform of a program, after the ones that tfjs adds. */
export type Uniform = NonNullable<Parameters<WebGPUBackend["runWebGPUProgram"]>[3]>[number];

const kernelNames = [
  "gpuConvolve",
  "gpuGroupedConvolve",
  "gpuMaxPoolGradient",
  "gpuReluGradient",
  "gpuAdam",
  "gpuSoftmax",
  "gpuColumns",
  "gpuProducts",
] as const;
export type GpuKernelName = (typeof kernelNames)[number];

/** Prefix of our kernels, since tfjs keeps all kernels in one namespace. */
const prefix = "StitchLab.";

/** The current call: tfjs passes only tensors and plain values to a registered kernel. */
let called: { readonly program: Program; readonly uniforms: Uniform[] } | undefined;

/** Registers the kernels; to be called after tfjs has started its WebGPU backend. */
export function registerKernels(): void {
  const registered = tf.getKernelsForBackend("webgpu").map(({ kernelName }) => kernelName);
  for (const name of kernelNames) {
    if (registered.includes(prefix + name)) continue;
    tf.registerKernel({
      kernelName: prefix + name,
      backendName: "webgpu",
      kernelFunc({ inputs, backend }) {
        if (!called || !(backend instanceof StepwiseBackend))
          throw new Error("Our kernels must be called by runProgram.");
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
 * @returns a tensor of the program's output shape; the caller disposes it
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
