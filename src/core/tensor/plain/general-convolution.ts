/**
 * Convolutions of any kernel, stride, padding and dilation by tfjs's operators, in groups or not,
 * with the gradient with respect to the input. The gradient is a
 * convolution of the output's gradient, spread by the stride, with the rotated kernel; tfjs's own
 * is slower, and on wasm it has none for a depthwise convolution.
 */
import type { ConvolutionGeometry, FrozenConvolution, Pair } from "../convolution";
import type { Kernels } from "../kernels";
import { keptTensors } from "../ownership";
import { tf, type Rank, type Tensor1D, type Tensor4D } from "../tf";
import { rotate } from "./convolution";

/** A convolution before its addend: forward with bias, backward without. */
interface Pieces {
  readonly forward: (x: Tensor4D, activation: "relu" | "linear") => Tensor4D;
  /** The transpose with stride 1: `dy` is spread by the stride and padded already. */
  readonly backward: (dy: Tensor4D) => Tensor4D;
  readonly dispose: () => void;
}

/** Rows and columns of zeros around [n, h, w, c]. */
type Padding = [[0, 0], [number, number], [number, number], [0, 0]];

/** Puts padding, bias and ReLU around a convolution in groups, for which tfjs has no such operator. */
type InGroups = (convolve: (padded: Tensor4D) => Tensor4D) => Pieces["forward"];

/** @param reluGradient the kernel of the backend in use */
export function plainGeneralConvolution(
  values: Float32Array,
  bias: Float32Array,
  geometry: ConvolutionGeometry,
  reluGradient: Kernels["reluGradient"],
): FrozenConvolution {
  const { stride, before, after, groups, channels } = geometry;
  const c2 = bias.length;
  const reach = mapPair((axis) => (geometry.kernel[axis] - 1) * geometry.dilation[axis] + 1);
  const spreadKernel = dilated(values, geometry, c2);
  const shifts = tf.tensor1d(bias);
  const padding: Padding = [
    [0, 0],
    [before[0], after[0]],
    [before[1], after[1]],
    [0, 0],
  ];
  const inGroups: InGroups = (convolve) => {
    const isPadded = [...before, ...after].some((side) => side > 0);
    return (x, activation) => {
      const shifted = tf.add<Tensor4D>(convolve(isPadded ? tf.pad(x, padding) : x), shifts);
      return activation === "relu" ? tf.relu(shifted) : shifted;
    };
  };
  const pieces =
    groups > 1 && groups === channels
      ? depthwise(spreadKernel, reach, channels, c2 / channels, stride, inGroups)
      : groups > 1
        ? grouped(spreadKernel, reach, groups, channels / groups, c2, stride, inGroups)
        : dense(spreadKernel, reach, channels, shifts, stride, padding);

  return {
    forward: (x, activation, addend) =>
      tf.tidy(() => {
        if (!addend) return pieces.forward(x, activation);
        const sum = tf.add<Tensor4D>(pieces.forward(x, "linear"), addend);
        return activation === "relu" ? tf.relu(sum) : sum;
      }),
    inputGradient: (dy, { addend, mask } = {}) =>
      tf.tidy(() => {
        const gradient = pieces.backward(fitted(spread(dy, stride), geometry, reach));
        const sum = addend ? tf.add<Tensor4D>(gradient, addend) : gradient;
        return mask ? reluGradient(sum, mask) : sum;
      }),
    dispose() {
      shifts.dispose();
      pieces.dispose();
    },
  };
}

/** In one operator, padding, bias and ReLU included. */
function dense(
  values: Float32Array,
  [kh, kw]: Pair,
  c1: number,
  bias: Tensor1D,
  stride: Pair,
  pad: Padding,
): Pieces {
  const filter = tf.tensor4d(values, [kh, kw, c1, bias.size]);
  const rotated = keptTensors(() => [rotate(filter)] as const);
  return {
    forward: (x, activation) =>
      tf.fused.conv2d({ x, filter, strides: [...stride], pad, bias, activation }),
    backward: (dy) => tf.conv2d(dy, rotated.get()[0], 1, "valid"),
    dispose() {
      filter.dispose();
      rotated.dispose();
    },
  };
}

/** Each channel has filters of its own: channel c has those from c × multiplier. */
function depthwise(
  values: Float32Array,
  [kh, kw]: Pair,
  channels: number,
  multiplier: number,
  stride: Pair,
  inGroups: InGroups,
): Pieces {
  const filter = tf.tensor4d(values, [kh, kw, channels, multiplier]);
  const rotated = keptTensors(() => {
    const reversed = tf.reverse(filter, [0, 1]);
    return Array.from({ length: multiplier }, (_, k) =>
      tf.slice(reversed, [0, 0, 0, k], [kh, kw, channels, 1]),
    );
  });
  return {
    forward: inGroups((x) => tf.depthwiseConv2d(x, filter, [...stride], "valid")),
    backward(dy) {
      const [n, h, w] = dy.shape;
      const apart = tf.reshape<Rank.R3>(dy, [n * h * w, channels, multiplier]);
      const parts = rotated.get().map((kernel, k) => {
        const own = multiplier === 1 ? apart : tf.slice(apart, [0, 0, k], [-1, -1, 1]);
        return tf.depthwiseConv2d(
          tf.reshape<Rank.R4>(own, [n, h, w, channels]),
          kernel,
          1,
          "valid",
        );
      });
      // Not by `tf.addN`, which on WebGPU (4.22.0) binds more buffers than a device may have.
      return parts.reduce((sum, part) => tf.add(sum, part));
    },
    dispose() {
      filter.dispose();
      rotated.dispose();
    },
  };
}

function grouped(
  values: Float32Array,
  [kh, kw]: Pair,
  groups: number,
  each: number,
  c2: number,
  stride: Pair,
  inGroups: InGroups,
): Pieces {
  const all = tf.tensor4d(values, [kh, kw, each, c2]);
  const filters = tf.tidy(() => tf.split<Tensor4D>(all, groups, 3));
  const rotated = keptTensors(() => filters.map(rotate));
  all.dispose();
  const joined = (
    x: Tensor4D,
    kernelsOfGroups: readonly Tensor4D[],
    convolve: (part: Tensor4D, kernel: Tensor4D) => Tensor4D,
  ): Tensor4D =>
    tf.concat(
      tf.split<Tensor4D>(x, groups, 3).map((part, group) => {
        const kernel = kernelsOfGroups[group];
        if (!kernel) throw new RangeError(`group: expected one of ${groups}, found ${group}`);
        return convolve(part, kernel);
      }),
      3,
    );
  return {
    forward: inGroups((x) =>
      joined(x, filters, (part, kernel) => tf.conv2d(part, kernel, [...stride], "valid")),
    ),
    backward: (dy) =>
      joined(dy, rotated.get(), (part, kernel) => tf.conv2d(part, kernel, 1, "valid")),
    dispose() {
      tf.dispose(filters);
      rotated.dispose();
    },
  };
}

/** Puts zeros between a kernel's rows and columns, so that it needs no dilation. */
function dilated(
  values: Float32Array,
  { kernel: [kh, kw], dilation: [dh, dw], groups, channels }: ConvolutionGeometry,
  c2: number,
): Float32Array {
  if (dh === 1 && dw === 1) return values;
  const width = (kw - 1) * dw + 1;
  const cell = (channels / groups) * c2;
  const out = new Float32Array(((kh - 1) * dh + 1) * width * cell);
  for (let row = 0; row < kh; row++) {
    for (let column = 0; column < kw; column++) {
      const from = (row * kw + column) * cell;
      out.set(values.subarray(from, from + cell), (row * dh * width + column * dw) * cell);
    }
  }
  return out;
}

/** Puts stride − 1 rows and columns of zeros after each row and column. */
export function spread(dy: Tensor4D, [sh, sw]: Pair): Tensor4D {
  if (sh === 1 && sw === 1) return dy;
  const [n, h, w, c] = dy.shape;
  const columns = tf.reshape<Rank.R3>(
    tf.pad(tf.reshape<Rank.R3>(dy, [n, h * w, c]), [
      [0, 0],
      [0, 0],
      [0, (sw - 1) * c],
    ]),
    [n, h, w * sw * c],
  );
  const rows = tf.pad(columns, [
    [0, 0],
    [0, 0],
    [0, (sh - 1) * w * sw * c],
  ]);
  return tf.reshape(rows, [n, h * sh, w * sw, c]);
}

/**
 * Pads or cuts a spread gradient, so that a convolution with the rotated kernel gives the input's
 * size.
 *
 * @param reach height and width of the kernel
 */
export function fitted(
  x: Tensor4D,
  { before, size }: Pick<ConvolutionGeometry, "before" | "size">,
  reach: Pair,
): Tensor4D {
  const [n, h, w, c] = x.shape;
  const first = mapPair((axis) => reach[axis] - 1 - before[axis]);
  const length: Pair = [h, w];
  const last = mapPair((axis) => size[axis] - length[axis] + reach[axis] - 1 - first[axis]);
  const cut = mapPair((axis) => Math.max(0, -first[axis]));
  const kept = mapPair((axis) => length[axis] - cut[axis] - Math.max(0, -last[axis]));
  const inside = [...first, ...last].some((side) => side < 0)
    ? tf.slice(x, [0, ...cut, 0], [n, ...kept, c])
    : x;
  const around: [number, number][] = [
    [0, 0],
    [Math.max(0, first[0]), Math.max(0, last[0])],
    [Math.max(0, first[1]), Math.max(0, last[1])],
    [0, 0],
  ];
  return around.flat().some((side) => side > 0) ? tf.pad(inside, around) : inside;
}

function mapPair(value: (axis: 0 | 1) => number): Pair {
  return [value(0), value(1)];
}
