/**
 * Loads and runs our kernels for tfjs's wasm backend, in kernels.c. They run in a second module on
 * the backend's memory: tensors pass between them and tfjs's kernels without a copy. They are
 * registered with tfjs: its profiler and its tensor counts include them.
 */
import * as z from "../../schema";
import { tf, type Tensor } from "../tf";
import { binary } from "./binary";

/** Address of an array in the backend's memory, in bytes. */
export type Pointer = number;

const kernelNames = [
  "convolve",
  "winograd",
  "winograd4",
  "stride2Gradient",
  "groupedConvolve",
  "reluGradient",
  "matMulTransposeA",
  "filterGradient",
  "winogradFilterGradient",
  "gramMatrix",
  "columnSums",
  "columnMeans",
  "repeatRows",
  "attentionScores",
  "attentionOutput",
  "gelu",
  "maxPoolGradient",
  "packDirect",
  "packPhases",
  "packWinograd",
  "scaleColumns",
  "columnMoments",
  "combineColumns",
] as const;
type KernelName = (typeof kernelNames)[number];

type Exported = (...numbers: number[]) => void;
const exported = z.custom<Exported>((value) => typeof value === "function");

/** The parts of tfjs's backend (4.22.0) that we use, which its types hide. */
const backendSchema = z.object({
  wasm: z.object({
    asm: z.object({ memory: z.instanceof(WebAssembly.Memory) }),
    _malloc: z.custom<(bytes: number) => Pointer>((value) => typeof value === "function"),
    _free: z.custom<(address: Pointer) => void>((value) => typeof value === "function"),
  }),
});
const attributesSchema = z.object({ shape: z.array(z.number()), numbers: z.array(z.number()) });

/** LLVM's default stack size. */
const stackBytes = 65536;
const floatBytes = 4;

interface TfjsBackend {
  getMemoryOffset(dataId: object): Pointer;
  makeOutput(shape: number[], dtype: "float32"): tf.TensorInfo;
}
const tfjsBackend = z.custom<TfjsBackend>(
  (value) => value instanceof tf.KernelBackend && "getMemoryOffset" in value,
);

interface Loaded {
  readonly backend: TfjsBackend;
  readonly scratch: (floats: number) => Pointer;
}

/** The module of this thread's wasm backend. */
let loaded: Loaded | undefined;

/**
 * Loads the module; to be called after tfjs has started its wasm backend.
 *
 * @returns false without SIMD, which our kernels need
 */
export function loadKernels(): boolean {
  const backend = tfjsBackend.parse(tf.backend());
  if (loaded?.backend === backend) return true;
  const bytes = Uint8Array.from(atob(binary), (character) => character.charCodeAt(0));
  if (!WebAssembly.validate(bytes)) return false;

  const { wasm } = backendSchema.parse(backend);
  const imports = { env: { memory: wasm.asm.memory } };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports);
  const stack = z.instanceof(WebAssembly.Global).parse(exports.__stack_pointer);
  stack.value = wasm._malloc(stackBytes) + stackBytes;
  for (const name of kernelNames) register(name, exported.parse(exports[name]));

  let held = { address: 0, floats: 0 };
  loaded = {
    backend,
    scratch(floats) {
      if (floats > held.floats) {
        wasm._free(held.address);
        held = { address: wasm._malloc(floats * floatBytes), floats };
      }
      return held.address;
    },
  };
  return true;
}

/** Prefix of our kernels, since tfjs keeps all kernels in one namespace. */
const prefix = "StitchLab.";

function register(name: KernelName, kernel: Exported): void {
  const kernelName = prefix + name;
  const registered = tf.getKernelsForBackend("wasm");
  // Registered for a backend that was removed.
  if (registered.some((config) => config.kernelName === kernelName)) {
    tf.unregisterKernel(kernelName, "wasm");
  }
  tf.registerKernel({
    kernelName,
    backendName: "wasm",
    kernelFunc({ backend, attrs }) {
      const { shape, numbers } = attributesSchema.parse(attrs);
      const host = tfjsBackend.parse(backend);
      const y = host.makeOutput(shape, "float32");
      kernel(host.getMemoryOffset(y.dataId), ...numbers);
      return y;
    },
  });
}

/** Address of a tensor's numbers; 0, C's null, for no tensor. */
export function pointerTo(tensor: Tensor | undefined): Pointer {
  return tensor === undefined ? 0 : (loaded?.backend.getMemoryOffset(tensor.dataId) ?? 0);
}

/** Memory for one kernel's intermediate results; the next call may return the same. */
export function scratch(floats: number): Pointer {
  return loaded?.scratch(floats) ?? 0;
}

/**
 * Runs a kernel; only after `loadKernels`.
 *
 * @param inputs all tensors whose addresses are among the numbers
 * @param shape shape of the result
 * @param numbers the C function's arguments after y
 * @returns [...shape]; the caller disposes it
 */
export function runKernel(
  name: KernelName,
  inputs: readonly (Tensor | undefined)[],
  shape: readonly number[],
  numbers: readonly number[],
): Tensor {
  const present = inputs.filter((input) => input !== undefined);
  return tf.engine().runKernel<Tensor>(prefix + name, Object.fromEntries(present.entries()), {
    shape: [...shape],
    numbers: [...numbers],
  });
}
