/**
 * Convolutions by tfjs's operators: forward with bias and ReLU fused, and the gradient with respect
 * to the input written as forward convolutions, which every backend runs several times faster than
 * tfjs's own `Conv2DBackpropInput`.
 */
import { LabError } from "../../errors";
import { keptTensors } from "../ownership";
import type { FrozenConvolution } from "../convolution";
import type { Kernels } from "../kernels";
import { tf, type Rank, type Tensor1D, type Tensor2D, type Tensor4D } from "../tf";

/** @param reluGradient the kernel of the backend in use */
export function plainConvolution(
  kernel: Tensor4D,
  bias: Tensor1D,
  stride: 1 | 2,
  reluGradient: Kernels["reluGradient"],
): FrozenConvolution {
  checkKernel(kernel, stride);
  const [k] = kernel.shape;
  const pad = (k - 1) / 2;
  const gradient = inputGradientOf(kernel, stride);

  return {
    forward(x, activation, addend) {
      const convolve = (fused: "relu" | "linear"): Tensor4D =>
        tf.fused.conv2d({ x, filter: kernel, strides: stride, pad, bias, activation: fused });
      if (!addend) return convolve(activation);
      return tf.tidy(() => {
        const sum = tf.add<Tensor4D>(convolve("linear"), addend);
        return activation === "relu" ? tf.relu(sum) : sum;
      });
    },
    inputGradient(dy, { addend, mask } = {}) {
      return tf.tidy(() => {
        const convolved = gradient.apply(dy);
        const sum = addend ? tf.add<Tensor4D>(convolved, addend) : convolved;
        return mask ? reluGradient(sum, mask) : sum;
      });
    },
    dispose() {
      tf.dispose([kernel, bias]);
      gradient.dispose();
    },
  };
}

/** Convolutions whose kernel may be another at each call. */
export const plainTrainedConvolution: Pick<Kernels, "convolution" | "inputGradient"> = {
  convolution: (x, kernel, stride) => tf.conv2d(x, kernel, stride, (kernel.shape[0] - 1) / 2),
  inputGradient: (dy, kernel, stride) =>
    tf.tidy(() => {
      const gradient = inputGradientOf(kernel, stride);
      const dx = gradient.apply(dy);
      gradient.dispose();
      return dx;
    }),
};

/** @throws LabError `bad-shape` for a kernel that no backend covers as a frozen convolution */
export function checkKernel({ shape }: Tensor4D, stride: 1 | 2): void {
  const [k] = shape;
  if (k % 2 === 1 && shape[1] === k && (stride === 1 || k <= 3)) return;
  throw new LabError({
    code: "bad-shape",
    input: "convolution kernel",
    expected: "square and odd, at most 3 wide with stride 2",
    found: `[${shape.join(",")}] with stride ${stride}`,
  });
}

interface InputGradient {
  apply(dy: Tensor4D): Tensor4D;
  dispose(): void;
}

function inputGradientOf(kernel: Tensor4D, stride: 1 | 2): InputGradient {
  const [k] = kernel.shape;
  // Kernels are created at the first gradient: a bottom network never needs them.
  if (stride === 2 && k === 3) {
    const phases = keptTensors(() => phaseKernels(kernel));
    return {
      apply: (dy) => tf.tidy(() => stride2Gradient(dy, phases.get())),
      dispose() {
        phases.dispose();
      },
    };
  }
  const rotated = keptTensors(() => [rotate(kernel)] as const);
  const dispose = (): void => rotated.dispose();
  if (stride === 1) {
    const apply = (dy: Tensor4D): Tensor4D =>
      tf.tidy(() => tf.conv2d(dy, rotated.get()[0], 1, (k - 1) / 2));
    return { apply, dispose };
  }
  return {
    dispose,
    apply: (dy) =>
      tf.tidy(() => {
        const even = tf.conv2d(dy, rotated.get()[0], 1, 0);
        const zero = tf.zerosLike(even);
        return interleave(even, zero, zero, zero);
      }),
  };
}

/** Rotates [k, k, c₁, c₂] by 180° and exchanges its channels: [k, k, c₂, c₁]. */
export function rotate(kernel: Tensor4D): Tensor4D {
  return tf.tidy(() => tf.transpose(tf.reverse(kernel, [0, 1]), [0, 1, 3, 2]));
}

type PhaseKernels = [Tensor4D, Tensor4D, Tensor4D, Tensor4D];

/**
 * Sub-pixel decomposition of the stride-2 gradient. Output o of the forward pass reads input 2o + t
 * − 1 at kernel row t, so an even input row 2a is read by row t = 1 of output a alone, and an odd
 * row 2a + 1 by t = 2 of output a and t = 0 of output a + 1. Each of the four parities of (row,
 * column) is then a small convolution with stride 1, without multiplications by stuffed zeros.
 *
 * @returns kernels for (even, even), (even, odd), (odd, even), (odd, odd)
 */
function phaseKernels(kernel: Tensor4D): PhaseKernels {
  return tf.tidy(() => {
    const [, , c1, c2] = kernel.shape;
    const rows = { even: [1], odd: [2, 0] };
    const pick = (along: number[], across: number[]): Tensor4D => {
      const picked = along.map((row) =>
        tf.concat(
          across.map((column) => tf.slice(kernel, [row, column, 0, 0], [1, 1, c1, c2])),
          1,
        ),
      );
      return tf.transpose(tf.concat(picked, 0), [0, 1, 3, 2]);
    };
    return [
      pick(rows.even, rows.even),
      pick(rows.even, rows.odd),
      pick(rows.odd, rows.even),
      pick(rows.odd, rows.odd),
    ];
  });
}

function stride2Gradient(dy: Tensor4D, phases: PhaseKernels): Tensor4D {
  return tf.tidy(() => {
    // "same" pads an even kernel after the last row only, which is where output a + 1 lies.
    const conv = (phase: Tensor4D): Tensor4D => tf.conv2d(dy, phase, 1, "same");
    const [evenEven, evenOdd, oddEven, oddOdd] = phases;
    return interleave(conv(evenEven), conv(evenOdd), conv(oddEven), conv(oddOdd));
  });
}

/**
 * Interleaves four maps [n, h, w, c], one per parity of (row, column), into [n, 2h, 2w, c]. Only
 * reshapes and concatenations: a row of pairs of columns is already in memory order.
 */
function interleave(
  evenEven: Tensor4D,
  evenOdd: Tensor4D,
  oddEven: Tensor4D,
  oddOdd: Tensor4D,
): Tensor4D {
  const [n, h, w, c] = evenEven.shape;
  const evenRows = tf.reshape(tf.concat([evenEven, evenOdd], 3), [n, h, 2 * w, c]);
  const oddRows = tf.reshape(tf.concat([oddEven, oddOdd], 3), [n, h, 2 * w, c]);
  return tf.reshape(tf.concat([evenRows, oddRows], 2), [n, 2 * h, 2 * w, c]);
}

/**
 * The gradient of a trained convolution's kernel: for each kernel position, the matrix product of
 * its shifted input and the output's gradient. tfjs (4.22.0) has no such operator on wasm, and a
 * slow one on WebGPU.
 *
 * @param matMulTransposeA the kernel of the backend in use
 */
export function filterGradientByShifts(
  x: Tensor4D,
  dy: Tensor4D,
  side: number,
  stride: 1 | 2,
  matMulTransposeA: Kernels["matMulTransposeA"],
): Tensor4D {
  return tf.tidy(() => {
    const [n, , , p] = x.shape;
    const [, h, w, q] = dy.shape;
    const reach = (side - 1) / 2;
    const around: [number, number] = [reach, reach];
    const padded = tf.pad(x, [[0, 0], around, around, [0, 0]]);
    const gradient = tf.reshape<Rank.R2>(dy, [n * h * w, q]);
    const places = Array.from({ length: side * side }, (_, place) =>
      // One copy at a time: together they are k² as large as the map.
      tf.tidy(() => {
        const [row, column] = [Math.floor(place / side), place % side];
        const end = [n, row + stride * (h - 1) + 1, column + stride * (w - 1) + 1, p];
        const read = tf.stridedSlice(padded, [0, row, column, 0], end, [1, stride, stride, 1]);
        return matMulTransposeA(tf.reshape<Rank.R2>(read, [n * h * w, p]), gradient);
      }),
    );
    return tf.reshape<Rank.R4>(tf.concat<Tensor2D>(places), [side, side, p, q]);
  });
}
