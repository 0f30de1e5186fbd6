/**
 * Conv: a convolution over height and width, in groups or not. After the passes it also holds its
 * bias, an addend (input 4) and a ReLU (attribute `relu`).
 */
import { kernels } from "../../../tensor/backend";
import type { FrozenConvolution } from "../../../tensor/convolution";
import { tf, type Tensor, type Tensor4D } from "../../../tensor/tf";
import { hostFloats, type HostFloats, type HostTensor } from "../../host-tensor";
import { integerAttribute } from "../interface/attributes";
import {
  given,
  constantInput,
  inputShape,
  refusedNode,
  shapeText,
  type Call,
  type Operator,
} from "../interface/operator";
import { imageShape, imageSize, windowOf, type ImageSize, type Window } from "../interface/window";

export const conv: Operator = {
  shape(call) {
    const { size, window, filters } = read(call);
    const [height, width] = window.out;
    return imageShape(call.node, { ...size, height, width, channels: filters });
  },
  prepare(call) {
    const { size, window, groups, weight, bias } = read(call);
    const convolution = frozen(size, window, groups, weight, bias);
    const relu = integerAttribute(call.node, "relu", 0) === 1;
    const forward = ([x, , , addend]: readonly (Tensor | undefined)[]): Tensor =>
      convolution.forward(
        given(x) as Tensor4D,
        relu ? "relu" : "linear",
        (addend ?? undefined) as Tensor4D | undefined,
      );
    return {
      forward,
      trace: (inputs) => ({
        output: forward(inputs),
        pullback: (gradient, epilogue) => [
          inputs[0] ? convolution.inputGradient(gradient as Tensor4D, epilogue) : undefined,
          undefined,
          undefined,
          inputs[3] ? gradient : undefined,
        ],
      }),
      keeps: { inputs: false, output: relu },
      fusesEpilogue: true,
      endsInRelu: relu,
      dispose: () => convolution.dispose(),
    };
  },
  train(call) {
    const { size, window, groups, bias } = read(call);
    const stride = fastStride(window, size);
    if (stride === undefined || groups !== 1 || bias) {
      throw refusedNode(
        call.node,
        "a square, odd kernel with half padding, without bias",
        "another",
      );
    }
    const [side] = window.kernel;
    return {
      parameters: [1],
      layout: { toDevice: kernelLast, toHost: kernelFirst },
      trace([input, weight], wanted) {
        const [x, kernel] = [given(input) as Tensor4D, given(weight) as Tensor4D];
        return {
          output: kernels().convolution(x, kernel, stride),
          pullback(gradient) {
            const dy = gradient as Tensor4D;
            return [
              wanted[0] ? kernels().inputGradient(dy, kernel, stride) : undefined,
              kernels().filterGradient(x, dy, side, stride, "fastest"),
            ];
          },
        };
      },
    };
  },
  flops(call, output) {
    const { weight } = read(call);
    const [filters = 1, ...each] = weight.shape;
    const positions = output.reduce((product, axis) => product * axis, 1) / filters;
    return 2 * positions * filters * each.reduce((product, axis) => product * axis, 1);
  },
};

interface Parts {
  readonly size: ImageSize;
  readonly window: Window;
  readonly groups: number;
  readonly filters: number;
  /** [c₂, c₁ / groups, kh, kw] */
  readonly weight: HostTensor;
  readonly bias: HostTensor | undefined;
}

function read(call: Call): Parts {
  const { node } = call;
  const size = imageSize(node, inputShape(call, 0));
  const weight = constantInput(call, 1);
  const [filters = 0, perGroup = 0, kh = 0, kw = 0] = weight.shape;
  const groups = integerAttribute(node, "group", 1);
  const fits =
    weight.shape.length === 4 &&
    perGroup * groups === size.channels &&
    filters >= 1 &&
    filters % groups === 0;
  if (!fits) {
    throw refusedNode(
      node,
      `a weight [c₂, ${size.channels / groups}, kh, kw] for ${size.channels} channels in ${groups} groups`,
      shapeText(weight.shape),
    );
  }
  const bias = node.inputs[2] === undefined ? undefined : constantInput(call, 2);
  if (bias && shapeText(bias.shape) !== shapeText([filters])) {
    throw refusedNode(node, `a bias [${filters}]`, shapeText(bias.shape));
  }
  return { size, window: windowOf(node, size, [kh, kw]), groups, filters, weight, bias };
}

function frozen(
  size: ImageSize,
  window: Window,
  groups: number,
  weight: HostTensor,
  bias: HostTensor | undefined,
): FrozenConvolution {
  const filters = weight.shape[0] ?? 0;
  const values = kernelLast(weight);
  const vector = bias?.data ?? new Float32Array(filters);
  const stride = fastStride(window, size);
  if (stride !== undefined && groups === 1) {
    return kernels().frozenConvolution(
      tf.tensor4d(values.data, values.shape as [number, number, number, number]),
      tf.tensor1d(Float32Array.from(vector)),
      stride,
    );
  }
  return kernels().generalConvolution(values.data, Float32Array.from(vector), {
    ...window,
    groups,
    size: [size.height, size.width],
    channels: size.channels,
  });
}

/** The stride, where our own kernels cover the convolution; undefined elsewhere. */
function fastStride(window: Window, { height, width }: ImageSize): 1 | 2 | undefined {
  const [k, kw] = window.kernel;
  const pad = (k - 1) / 2;
  const same =
    k === kw &&
    k % 2 === 1 &&
    window.dilation.every((step) => step === 1) &&
    [...window.before, ...window.after].every((side) => side === pad);
  if (!same || window.stride[0] !== window.stride[1]) return undefined;
  if (window.stride[0] === 1) return 1;
  if (window.stride[0] === 2 && k <= 3 && height % 2 === 0 && width % 2 === 0) return 2;
  return undefined;
}

/** PyTorch's [c₂, c₁, kh, kw] to tfjs's [kh, kw, c₁, c₂]. */
function kernelLast({ shape, data }: HostTensor): HostFloats {
  const [c2 = 1, c1 = 1, kh = 1, kw = 1] = shape;
  const out = hostFloats([kh, kw, c1, c2], new Float32Array(data.length));
  const cells = kh * kw;
  for (let to = 0; to < c2; to++) {
    for (let from = 0; from < c1; from++) {
      for (let cell = 0; cell < cells; cell++) {
        out.data[(cell * c1 + from) * c2 + to] = data[(to * c1 + from) * cells + cell] ?? 0;
      }
    }
  }
  return out;
}

/** The way back. */
function kernelFirst({ shape, data }: HostFloats): HostFloats {
  const [kh = 1, kw = 1, c1 = 1, c2 = 1] = shape;
  const out = hostFloats([c2, c1, kh, kw], new Float32Array(data.length));
  const cells = kh * kw;
  for (let to = 0; to < c2; to++) {
    for (let from = 0; from < c1; from++) {
      for (let cell = 0; cell < cells; cell++) {
        out.data[(to * c1 + from) * cells + cell] = data[(cell * c1 + from) * c2 + to] ?? 0;
      }
    }
  }
  return out;
}
