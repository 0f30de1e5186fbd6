/** Frozen convolutions by our own wasm kernels: Winograd where it applies, else direct. */
import type { FrozenConvolution, GradientEpilogue } from "../frozen-convolution";
import { tf, type Tensor1D, type Tensor4D } from "../tf";
import { addressOf, runKernel, scratch, type Address } from "./kernels";
import {
  packDirect,
  packPhases,
  packWinograd,
  panelChannels,
  rotated,
  type KernelArray,
} from "./packing";

/**
 * The same as `general`, faster wherever the channels are whole vectors.
 *
 * @param kernel [k, k, c₁, c₂]; stays `general`'s, as the bias does
 * @param general owned by the result; does what our kernels do not
 */
export function wasmConvolution(
  kernel: Tensor4D,
  bias: Tensor1D,
  stride: 1 | 2,
  general: FrozenConvolution,
): FrozenConvolution {
  const [k, , c1, c2] = kernel.shape;
  // Wasm's memory is read in place, without a wait.
  const array: KernelArray = { values: Float32Array.from(kernel.dataSync()), k, c1, c2 };
  const forward = c2 % panelChannels === 0 ? packed(array, stride) : undefined;
  // Made at the first gradient: a bottom network never needs it.
  let gradient: Packed | undefined;

  return {
    forward(x, activation, addend) {
      if (!forward || !fits(x, forward)) return general.forward(x, activation, addend);
      return convolve(x, forward, { bias, addend, relu: activation === "relu" });
    },
    inputGradient(dy, epilogue = {}) {
      if (c1 % panelChannels !== 0) return general.inputGradient(dy, epilogue);
      if (!gradient) {
        gradient = stride === 1 ? packed(rotated(array), 1) : packedPhases(rotated(array));
        // Made within a training step's `tidy`, which must not dispose it.
        tf.keep(gradient.tensor);
      }
      if (stride === 2) return spread(dy, gradient, epilogue);
      return fits(dy, gradient)
        ? convolve(dy, gradient, epilogue)
        : general.inputGradient(dy, epilogue);
    },
    dispose() {
      forward?.tensor.dispose();
      gradient?.tensor.dispose();
      general.dispose();
    },
  };
}

/** A kernel as the C code reads it. */
interface Packed {
  readonly algorithm: "direct" | "winograd" | "phases";
  readonly tensor: Tensor1D;
  readonly k: number;
  readonly stride: 1 | 2;
  /** Channels out. */
  readonly c2: number;
}

function packed(array: KernelArray, stride: 1 | 2): Packed {
  const { k, c1, c2 } = array;
  const winograd = k === 3 && stride === 1 && c1 % 4 === 0;
  return {
    algorithm: winograd ? "winograd" : "direct",
    tensor: tf.tensor1d(winograd ? packWinograd(array) : packDirect(array)),
    k,
    stride,
    c2,
  };
}

function packedPhases(turned: KernelArray): Packed {
  const { k, c2 } = turned;
  return { algorithm: "phases", tensor: tf.tensor1d(packPhases(turned)), k, stride: 2, c2 };
}

/** Whether the map divides into Winograd's tiles, or into strides. */
function fits({ shape: [, h, w] }: Tensor4D, { algorithm, stride }: Packed): boolean {
  const step = algorithm === "winograd" ? 2 : stride;
  return h % step === 0 && w % step === 0;
}

/** What is done to a value before it is stored, in this order. */
interface Epilogue {
  readonly bias?: Tensor1D;
  /** Of the output's shape. */
  readonly addend?: Tensor4D | undefined;
  readonly relu?: boolean;
  /** Of the output's shape; 0 is stored where it is not positive. */
  readonly mask?: Tensor4D | undefined;
}

/** Tiles of 2×2 outputs that Winograd works on together; their transforms stay in the cache. */
const tilesPerBlock = 64;

/** Winograd's intermediate results, as kernels.c lays them out. */
function winogradFloats(c1: number, c2: number): number {
  return 16 * (tilesPerBlock * (c1 + c2) + 32);
}

function convolve(
  x: Tensor4D,
  { algorithm, tensor, k, stride, c2 }: Packed,
  { bias, addend, relu = false, mask }: Epilogue,
): Tensor4D {
  const [n, h, w, c1] = x.shape;
  const input = [addressOf(x), n, h, w, c1, addressOf(tensor)];
  const output = [addressOf(bias), addressOf(addend), addressOf(mask), Number(relu)];
  const [name, numbers] =
    algorithm === "winograd"
      ? (["winograd", [c2, ...output, scratch(winogradFloats(c1, c2)), tilesPerBlock]] as const)
      : (["convolve", [k, stride, c2, ...output, zerosOf(tensor, c1)]] as const);
  return runKernel(
    name,
    [x, tensor, bias, addend, mask],
    [n, h / stride, w / stride, c2],
    [...input, ...numbers],
  ) as Tensor4D;
}

/** Input gradient of a convolution with stride 2. */
function spread(
  dy: Tensor4D,
  { tensor, k, c2 }: Packed,
  { addend, mask }: GradientEpilogue,
): Tensor4D {
  const [n, h, w, c1] = dy.shape;
  const output = [addressOf(addend), addressOf(mask), zerosOf(tensor, c1)];
  return runKernel(
    "stride2Gradient",
    [dy, tensor, addend, mask],
    [n, 2 * h, 2 * w, c2],
    [addressOf(dy), n, h, w, c1, addressOf(tensor), k, c2, ...output],
  ) as Tensor4D;
}

/** The zeros at a packed kernel's end. */
function zerosOf(packed: Tensor1D, c1: number): Address {
  return addressOf(packed) + (packed.size - c1) * Float32Array.BYTES_PER_ELEMENT;
}
