/** Floating-point operations of a kernel, from its name and shapes. */

/** A kernel as tfjs's profiler tells of it. */
export interface Call {
  readonly name: string;
  readonly inputs: readonly (readonly number[] | null)[];
  readonly outputs: readonly (readonly number[])[];
}

/**
 * Multiplications and additions, one each; of a convolution those of the direct form, however it is
 * computed.
 *
 * @returns null where it is not the arithmetic that takes the time
 */
export function flopsOf({ name, inputs, outputs }: Call): number | null {
  const [first, second] = inputs.map((shape) => shape ?? []);
  const [output = []] = outputs;
  if (!first) return null;
  switch (name) {
    case "Conv2D":
    case "FusedConv2D": {
      const [kh = 0, kw = 0, c1 = 0] = second ?? [];
      return 2 * sizeOf(output) * kh * kw * c1;
    }
    case "_FusedMatMul":
    case "BatchMatMul":
      return (2 * sizeOf(output) * sizeOf(first)) / (output.at(-2) ?? 1);
    // x and the kernel: a convolution with stride 2 has fewer positions after it, its gradient
    // before it.
    case "StitchLab.gpuConvolve":
      return 2 * Math.min(positions(first), positions(output)) * sizeOf(second);
    // Our packed kernels end with c₁ zeros; see src/core/tensor/wasm/packing.ts.
    case "StitchLab.convolve":
      return 2 * positions(output) * (sizeOf(second) - (first[3] ?? 0));
    case "StitchLab.stride2Gradient":
      return 2 * positions(first) * (sizeOf(second) - (first[3] ?? 0));
    case "StitchLab.winograd":
      return 2 * positions(output) * sizeOf(second) * (9 / 16);
    case "StitchLab.winograd4":
      return 2 * positions(output) * sizeOf(second) * (9 / 36);
    case "StitchLab.matMulTransposeA":
      return 2 * sizeOf(first) * (second?.[1] ?? 0);
    case "StitchLab.filterGradient":
      return 2 * positions(first) * sizeOf(output);
    case "StitchLab.gramMatrix":
      return 2 * sizeOf(first) * (first[0] ?? 0);
    // aᵀb of two matrices, or the inner products of one's rows; the output is in parts of the sums.
    case "StitchLab.gpuProducts":
      return 2 * sizeOf(first) * (second?.[1] ?? first[0] ?? 0);
    default:
      return null;
  }
}

/** Bytes read and written, each array once. */
export function bytesOf({ inputs, outputs }: Call): number {
  const floats = [...inputs, ...outputs].reduce((sum, shape) => sum + sizeOf(shape ?? []), 0);
  return floats * Float32Array.BYTES_PER_ELEMENT;
}

function sizeOf(shape: readonly number[] = []): number {
  return shape.reduce((size, axis) => size * axis, 1);
}

/** n h w of [n, h, w, c] */
function positions([n = 0, h = 0, w = 0]: readonly number[]): number {
  return n * h * w;
}
