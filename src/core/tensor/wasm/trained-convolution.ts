/**
 * Convolutions whose kernel changes at every step: it is packed by the wasm module each time, which
 * takes a small part of the convolution's time.
 */
import { plainTrainedConvolution } from "../plain/convolution";
import type { Kernels } from "../kernels";
import { tf, type Tensor1D, type Tensor4D } from "../tf";
import {
  algorithmFor,
  convolve,
  outputTile,
  spread,
  tilesPerBlock,
  winogradFloats,
  type Algorithm,
  type Packed,
} from "./convolution";
import { pointerTo, runKernel, scratch } from "./instance";
import { panelChannels } from "./packing";

/** Numbers in a vector. */
const lanes = 4;

export const wasmTrainedConvolution: Pick<Kernels, "convolution" | "inputGradient"> = {
  convolution(x, kernel, stride) {
    const [k, , c1, c2] = kernel.shape;
    const algorithm = c2 % panelChannels === 0 ? algorithmFor({ k, c1 }, stride, x) : undefined;
    if (!algorithm) return plainTrainedConvolution.convolution(x, kernel, stride);
    return withPacked(kernel, { algorithm, stride, turned: false }, (packed) =>
      convolve(x, packed, {}),
    );
  },
  inputGradient(dy, kernel, stride) {
    // The gradient is a convolution that reads c₂ channels and gives c₁.
    const [k, , c1, c2] = kernel.shape;
    if (c1 % panelChannels !== 0) return plainTrainedConvolution.inputGradient(dy, kernel, stride);
    const algorithm = stride === 2 ? "phases" : algorithmFor({ k, c1: c2 }, 1, dy);
    if (!algorithm) return plainTrainedConvolution.inputGradient(dy, kernel, stride);
    return withPacked(kernel, { algorithm, stride, turned: true }, (packed) =>
      algorithm === "phases" ? spread(dy, packed, {}) : convolve(dy, packed, {}),
    );
  },
};

interface Packing {
  readonly algorithm: Algorithm;
  readonly stride: 1 | 2;
  /** Rotated by 180°, with its channels exchanged. */
  readonly turned: boolean;
}

function withPacked(
  kernel: Tensor4D,
  { algorithm, stride, turned }: Packing,
  use: (packed: Packed) => Tensor4D,
): Tensor4D {
  const [k, , first, second] = kernel.shape;
  const [c1, c2] = turned ? [second, first] : [first, second];
  const tensor = pack(kernel, algorithm, [k, c1, c2], turned);
  const result = use({ algorithm, tensor, k, stride, c2 });
  tensor.dispose();
  return result;
}

function pack(
  kernel: Tensor4D,
  algorithm: Algorithm,
  [k, c1, c2]: readonly [number, number, number],
  turned: boolean,
): Tensor1D {
  const from = pointerTo(kernel);
  switch (algorithm) {
    case "direct":
      return packed("packDirect", k * k * c1 * c2 + c1, [from, k, c1, c2, Number(turned)]);
    case "phases":
      return packed("packPhases", k * k * c1 * c2 + c1, [from, k, c1, c2]);
    case "winograd":
    case "winograd4": {
      const tile = outputTile[algorithm];
      const size = (tile + 2) ** 2 * c1 * c2;
      return packed("packWinograd", size, [from, c1, c2, tile, Number(turned)]);
    }
  }
  function packed(
    name: "packDirect" | "packPhases" | "packWinograd",
    size: number,
    numbers: readonly number[],
  ): Tensor1D {
    return runKernel(name, [kernel], [size], numbers) as Tensor1D;
  }
}

/** The kernel's gradient; channels are padded to whole vectors, which few layers need. */
export function wasmFilterGradient(
  x: Tensor4D,
  dy: Tensor4D,
  side: number,
  stride: 1 | 2,
  algorithm: "direct" | "fastest" = "direct",
): Tensor4D {
  const [n, h, w, q] = dy.shape;
  const p = x.shape[3];
  const [moreP, moreQ] = [missing(p, lanes), missing(q, panelChannels)];
  if (moreP + moreQ > 0) {
    return tf.tidy(() => {
      const whole = wasmFilterGradient(
        padded(x, moreP),
        padded(dy, moreQ),
        side,
        stride,
        algorithm,
      );
      return tf.slice(whole, [0, 0, 0, 0], [side, side, p, q]);
    });
  }
  if (algorithm === "fastest" && algorithmFor({ k: side, c1: p }, stride, x) === "winograd4") {
    const room = scratch(winogradFloats(4, p, q) + (outputTile.winograd4 + 2) ** 2 * p * q);
    const numbers = [n, h, w, p, q, room, tilesPerBlock];
    return runKernel(
      "winogradFilterGradient",
      [x, dy],
      [side, side, p, q],
      [pointerTo(x), pointerTo(dy), ...numbers],
    ) as Tensor4D;
  }
  return runKernel(
    "filterGradient",
    [x, dy],
    [side, side, p, q],
    [pointerTo(x), pointerTo(dy), n, h, w, p, q, side, stride],
  ) as Tensor4D;
}

function missing(channels: number, step: number): number {
  return (step - (channels % step)) % step;
}

function padded(x: Tensor4D, more: number): Tensor4D {
  if (more === 0) return x;
  return tf.pad(x, [
    [0, 0],
    [0, 0],
    [0, 0],
    [0, more],
  ]);
}
