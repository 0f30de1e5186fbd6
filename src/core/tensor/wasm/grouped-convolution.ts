/** Convolutions of any form, in groups or not, by our wasm kernel in grouped.c. */
import type { ConvolutionGeometry, FrozenConvolution } from "../convolution";
import { exchanged, isInVectors, type Direction } from "../groups";
import { keptTensors } from "../ownership";
import { tf, type Tensor1D, type Tensor4D } from "../tf";
import { pointerTo, runKernel, scratch, type Pointer } from "./instance";

/** Positions of the largest kernel: MOST_TAPS in kernels.h. */
const mostTaps = 512;

/**
 * @param values [kh, kw, c₁ / groups, c₂]
 * @param bias [c₂]
 * @param general makes a convolution for what the kernel does not cover: a number of channels in a
 *   group that is no multiple of four, unless each channel is its own group
 */
export function wasmGroupedConvolution(
  values: Float32Array,
  bias: Float32Array,
  geometry: ConvolutionGeometry,
  general: () => FrozenConvolution,
): FrozenConvolution {
  const { kernel, groups, channels } = geometry;
  const taps = kernel[0] * kernel[1];
  const forwards = { depth: channels / groups, each: bias.length / groups, values };
  if (taps > mostTaps || !isInVectors(forwards)) return general();
  const packed = keptTensors(
    () => [packedTensor(forwards, taps, groups), tf.tensor1d(bias)] as const,
  );
  // Created at the first gradient: a bottom network never needs it.
  const backwards = exchanged(forwards, taps, groups);
  const packedBack = keptTensors(() => [packedTensor(backwards, taps, groups)] as const);
  const rest = isInVectors(backwards) ? undefined : general();

  return {
    forward(x, activation, addend) {
      const [weights, shifts] = packed.get();
      const operands = { x, weights, bias: shifts, addend, relu: activation === "relu" };
      return run(operands, forwards, geometry, false);
    },
    inputGradient(dy, epilogue = {}) {
      if (rest) return rest.inputGradient(dy, epilogue);
      const [weights] = packedBack.get();
      return run({ x: dy, weights, ...epilogue }, backwards, geometry, true);
    },
    dispose() {
      packed.dispose();
      packedBack.dispose();
      rest?.dispose();
    },
  };
}

/** In the layout that grouped.c reads. */
function packedTensor({ depth, each, values }: Direction, taps: number, groups: number): Tensor1D {
  if (depth === 1 && each === 1) return tf.tensor1d(values);
  const wide = each % 8 === 0 ? 8 : 4;
  const all = groups * each;
  const out = new Float32Array(values.length);
  let filled = 0;
  for (let channel = 0; channel < all; channel += wide) {
    for (let row = 0; row < taps * depth; row++) {
      out.set(values.subarray(row * all + channel, row * all + channel + wide), filled);
      filled += wide;
    }
  }
  return tf.tensor1d(out);
}

interface Operands {
  readonly x: Tensor4D;
  readonly weights: Tensor1D;
  readonly bias?: Tensor1D;
  readonly addend?: Tensor4D | undefined;
  readonly mask?: Tensor4D | undefined;
  readonly relu?: boolean;
}

function run(
  { x, weights, bias, addend, mask, relu = false }: Operands,
  { depth, each }: Direction,
  { kernel, stride, dilation, before, groups, size, out }: ConvolutionGeometry,
  isGradient: boolean,
): Tensor4D {
  const [n, h, w, c] = x.shape;
  const to = isGradient ? size : out;
  const reach = (kernel[1] - 1) * dilation[1];
  // Zeros before a row, and its width with those after it.
  const first = isGradient ? Math.max(0, Math.ceil((reach - before[1]) / stride[1])) : before[1];
  const end = isGradient
    ? Math.floor((size[1] - 1 + before[1]) / stride[1]) + 1
    : (out[1] - 1) * stride[1] + reach + 1 - before[1];
  const width = first + Math.max(w, end);
  const widened: Pointer = width > w ? scratch(h * width * c) : 0;
  return runKernel(
    "groupedConvolve",
    [x, weights, bias, addend, mask],
    [n, to[0], to[1], groups * each],
    [
      ...[pointerTo(x), n, h, w, to[0], to[1], groups, depth, each],
      ...[pointerTo(weights), ...kernel, ...stride, ...dilation, ...before, Number(isGradient)],
      ...[pointerTo(bias), pointerTo(addend), pointerTo(mask), Number(relu)],
      ...[widened, width, first],
    ],
  ) as Tensor4D;
}
