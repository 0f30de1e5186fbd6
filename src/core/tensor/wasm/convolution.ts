/** Frozen convolutions by our wasm kernels: Winograd where it applies, else direct. */
import type { FrozenConvolution, GradientEpilogue } from "../kernels";
import { tf, type Tensor1D, type Tensor4D } from "../tf";
import { pointerTo, runKernel, scratch, type Pointer } from "./instance";
import {
  packDirect,
  packPhases,
  packWinograd,
  panelChannels,
  rotated,
  type KernelArray,
  type WinogradTile,
} from "./packing";

/**
 * Computes the same as `general`, faster where the channels are whole vectors.
 *
 * @param kernel [k, k, c₁, c₂]; owned by the result, as is the bias
 * @param makeGeneral makes what covers the maps that our kernels do not; owns what it is given
 */
export function wasmConvolution(
  kernel: Tensor4D,
  bias: Tensor1D,
  stride: 1 | 2,
  makeGeneral: (kernel: Tensor4D, bias: Tensor1D) => FrozenConvolution,
): FrozenConvolution {
  const [k, , c1, c2] = kernel.shape;
  // Wasm's memory is read in place, without waiting.
  const array: KernelArray = { values: Float32Array.from(kernel.dataSync()), k, c1, c2 };
  // Made where it is first needed: packed kernels are enough for most networks.
  let general: FrozenConvolution | undefined;
  const theGeneral = (): FrozenConvolution => {
    general ??= makeGeneral(
      tf.keep(tf.tensor4d(array.values, kernel.shape)),
      tf.keep(bias.clone()),
    );
    return general;
  };
  kernel.dispose();
  const forward = c2 % panelChannels === 0 ? packs(array, stride) : undefined;
  // Created at the first gradient: a bottom network never needs it.
  let gradient: Packs | undefined;

  return {
    forward(x, activation, addend) {
      const pack = forward?.fitting(x);
      if (!pack) return theGeneral().forward(x, activation, addend);
      return convolve(x, pack, { bias, addend, relu: activation === "relu" });
    },
    inputGradient(dy, epilogue = {}) {
      if (c1 % panelChannels !== 0) return theGeneral().inputGradient(dy, epilogue);
      gradient ??= packs(rotated(array), stride === 1 ? 1 : "phases");
      const pack = gradient.fitting(dy);
      if (!pack) return theGeneral().inputGradient(dy, epilogue);
      return pack.algorithm === "phases"
        ? spread(dy, pack, epilogue)
        : convolve(dy, pack, epilogue);
    },
    dispose() {
      forward?.dispose();
      gradient?.dispose();
      general?.dispose();
      bias.dispose();
    },
  };
}

export type Algorithm = "direct" | "winograd" | "winograd4" | "phases";

/** A kernel in the layout that the C code reads. */
export interface Packed {
  readonly algorithm: Algorithm;
  readonly tensor: Tensor1D;
  readonly k: number;
  readonly stride: 1 | 2;
  /** Channels out. */
  readonly c2: number;
}

/** One kernel, packed for each algorithm when a map first needs it. */
interface Packs {
  /** @returns undefined if none of our algorithms covers the map; owned by the packs */
  fitting(x: Tensor4D): Packed | undefined;
  dispose(): void;
}

function packs(array: KernelArray, stride: 1 | 2 | "phases"): Packs {
  const made = new Map<Algorithm, Packed>();
  return {
    fitting(x) {
      const algorithm = stride === "phases" ? stride : algorithmFor(array, stride, x);
      if (!algorithm) return undefined;
      let pack = made.get(algorithm);
      if (!pack) {
        const { k, c2 } = array;
        // A surrounding `tidy`, as of a training step, must not dispose it.
        const tensor = tf.keep(tf.tensor1d(pack1d(array, algorithm)));
        pack = { algorithm, tensor, k, stride: stride === "phases" ? 2 : stride, c2 };
        made.set(algorithm, pack);
      }
      return pack;
    },
    dispose() {
      for (const { tensor } of made.values()) tensor.dispose();
    },
  };
}

/** The fastest algorithm for a map; undefined if the stride does not divide it. */
export function algorithmFor(
  { k, c1 }: Pick<KernelArray, "k" | "c1">,
  stride: 1 | 2,
  { shape: [, h, w] }: Tensor4D,
): Algorithm | undefined {
  const divides = (step: number): boolean => h % step === 0 && w % step === 0;
  if (!divides(stride)) return undefined;
  if (k !== 3 || stride !== 1 || c1 % 4 !== 0 || !divides(2)) return "direct";
  return divides(4) ? "winograd4" : "winograd";
}

function pack1d(array: KernelArray, algorithm: Algorithm): Float32Array {
  switch (algorithm) {
    case "direct":
      return packDirect(array);
    case "winograd":
    case "winograd4":
      return packWinograd(array, outputTile[algorithm]);
    case "phases":
      return packPhases(array);
  }
}

/** Operations on a value before it is stored, in this order. */
interface Epilogue {
  readonly bias?: Tensor1D;
  /** Has the output's shape. */
  readonly addend?: Tensor4D | undefined;
  readonly relu?: boolean;
  /** Has the output's shape; 0 is stored where it is not positive. */
  readonly mask?: Tensor4D | undefined;
}

/** Side of the tile of outputs that Winograd computes at once. */
export const outputTile = { winograd: 2, winograd4: 4 } as const;

/** Tiles that Winograd processes together; their transforms stay in the cache. */
export const tilesPerBlock = 64;

/** Size of Winograd's intermediate results, see winograd.c. */
export function winogradFloats(tile: WinogradTile, c1: number, c2: number): number {
  return (tile + 2) ** 2 * (tilesPerBlock * (c1 + c2) + 32);
}

export function convolve(
  x: Tensor4D,
  { algorithm, tensor, k, stride, c2 }: Packed,
  { bias, addend, relu = false, mask }: Epilogue,
): Tensor4D {
  const [n, h, w, c1] = x.shape;
  const input = [pointerTo(x), n, h, w, c1, pointerTo(tensor)];
  const output = [pointerTo(bias), pointerTo(addend), pointerTo(mask), Number(relu)];
  const [name, numbers] =
    algorithm === "winograd" || algorithm === "winograd4"
      ? ([
          algorithm,
          [c2, ...output, scratch(winogradFloats(outputTile[algorithm], c1, c2)), tilesPerBlock],
        ] as const)
      : (["convolve", [k, stride, c2, ...output, zerosOf(tensor, c1)]] as const);
  return runKernel(
    name,
    [x, tensor, bias, addend, mask],
    [n, h / stride, w / stride, c2],
    [...input, ...numbers],
  ) as Tensor4D;
}

/** Computes the input gradient of a convolution with stride 2. */
export function spread(
  dy: Tensor4D,
  { tensor, k, c2 }: Packed,
  { addend, mask }: GradientEpilogue,
): Tensor4D {
  const [n, h, w, c1] = dy.shape;
  const output = [pointerTo(addend), pointerTo(mask), zerosOf(tensor, c1)];
  return runKernel(
    "stride2Gradient",
    [dy, tensor, addend, mask],
    [n, 2 * h, 2 * w, c2],
    [pointerTo(dy), n, h, w, c1, pointerTo(tensor), k, c2, ...output],
  ) as Tensor4D;
}

/** Address of the zeros at a packed kernel's end. */
function zerosOf(packed: Tensor1D, c1: number): Pointer {
  return pointerTo(packed) + (packed.size - c1) * Float32Array.BYTES_PER_ELEMENT;
}
