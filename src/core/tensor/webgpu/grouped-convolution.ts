/**
 * Convolutions in groups as a WGSL program: a thread for each four channels of a position, which
 * reads the kernel's places one after another. Groups are small, so that there is little to share
 * between threads.
 */
import { exchanged, isInVectors, type Direction } from "../groups";
import type { ConvolutionGeometry, FrozenConvolution } from "../convolution";
import { keptTensors } from "../ownership";
import { tf, type Tensor1D, type Tensor4D } from "../tf";
import { runProgram, type Program, type Uniform } from "./program";

const threads = 64;
/** Workgroups in a row of the dispatch; a device allows 65,535. */
const widest = 32_768;

/**
 * @param values [kh, kw, c₁ / groups, c₂]
 * @param bias [c₂]
 * @param general makes a convolution for what the program does not cover: a number of channels in a
 *   group that is no multiple of four, or with each channel on its own in all
 */
export function gpuGroupedConvolution(
  values: Float32Array,
  bias: Float32Array,
  geometry: ConvolutionGeometry,
  general: () => FrozenConvolution,
): FrozenConvolution {
  const { kernel, groups, channels } = geometry;
  const forwards = { depth: channels / groups, each: bias.length / groups, values };
  if (!isCovered(forwards, groups)) return general();
  // Created at the first gradient: a bottom network never needs it.
  const backwards = exchanged(forwards, kernel[0] * kernel[1], groups);
  const tensors = keptTensors(() => [tf.tensor1d(values), tf.tensor1d(bias)] as const);
  const tensorsBack = keptTensors(() => [tf.tensor1d(backwards.values)] as const);
  const rest = isCovered(backwards, groups) ? undefined : general();

  return {
    forward: (x, activation, addend) =>
      tf.tidy(() => {
        const [weights, shifts] = tensors.get();
        const operands = { x, weights, bias: shifts, addend, relu: activation === "relu" };
        return run(operands, forwards, geometry, false);
      }),
    inputGradient: (dy, epilogue = {}) =>
      rest
        ? rest.inputGradient(dy, epilogue)
        : tf.tidy(() => {
            const [weights] = tensorsBack.get();
            return run({ x: dy, weights, ...epilogue }, backwards, geometry, true);
          }),
    dispose() {
      tensors.dispose();
      tensorsBack.dispose();
      rest?.dispose();
    },
  };
}

function isCovered(direction: Direction, groups: number): boolean {
  return isInVectors(direction) && (groups * direction.each) % 4 === 0;
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
  const [height, width] = isGradient ? size : out;
  const outputShape = [x.shape[0], height, width, groups * each];
  const workgroups = Math.ceil(outputShape.reduce((a, b) => a * b, 1) / 4 / threads);
  const form: Form = {
    isGradient,
    isEach: depth === 1 && each === 1,
    relu,
    bias: bias !== undefined,
    addend: addend !== undefined,
    mask: mask !== undefined,
  };
  const optional = { bias, addend, positive: mask };
  const present = Object.entries(optional).filter(([, tensor]) => tensor !== undefined);
  const program: Program = {
    variableNames: ["x", "weights", ...present.map(([name]) => name)],
    variableComponents: [form.isEach ? 4 : 1, 4, ...present.map(() => 4)],
    outputComponent: 4,
    outputShape,
    workgroupSize: [threads, 1, 1],
    // The output's coordinates are not used, but tfjs needs a layout.
    dispatchLayout: { x: [3], y: [1, 2], z: [0] },
    dispatch: [Math.min(widest, workgroups), Math.ceil(workgroups / widest), 1],
    shaderKey: `stitchlab_grouped_${Object.values(form).map(Number).join("_")}`,
    uniforms:
      "side : vec2<i32>, stride : vec2<i32>, dilation : vec2<i32>, before : vec2<i32>, depth : i32, each : i32, ",
    getUserCode: () => shader(form),
  };
  const uniforms: Uniform[] = [kernel, stride, dilation, before, [depth], [each]].map((data) => ({
    type: "int32",
    data: [...data],
  }));
  const tensors = [x, weights, ...[bias, addend, mask].filter((tensor) => tensor !== undefined)];
  return runProgram("gpuGroupedConvolve", program, tensors, uniforms) as Tensor4D;
}

interface Form {
  readonly isGradient: boolean;
  /** Whether each channel reads its own alone. */
  readonly isEach: boolean;
  readonly relu: boolean;
  readonly bias: boolean;
  readonly addend: boolean;
  readonly mask: boolean;
}

function shader({ isGradient, isEach, relu, bias, addend, mask }: Form): string {
  return `
    fn main() {
      let quads = uniforms.outShape.w / 4;
      let workgroup = i32(workgroupId.y) * i32(numWorkgroups.x) + i32(workgroupId.x);
      let index = workgroup * ${threads} + i32(localIndex);
      let quad = index % quads;
      let position = index / quads;
      let place = vec2<i32>((position / uniforms.outShape.z) % uniforms.outShape.y, position % uniforms.outShape.z);
      let image = position / (uniforms.outShape.y * uniforms.outShape.z);
      let source = vec2<i32>(uniforms.xShape.y, uniforms.xShape.z);
      if (image < uniforms.outShape.x) {
        var sum = vec4<f32>(0.0);
        for (var row = 0; row < uniforms.side.x; row++) {
          for (var column = 0; column < uniforms.side.y; column++) {
            ${
              isGradient
                ? `let reached = place + uniforms.before - vec2<i32>(row, column) * uniforms.dilation;
            let at = reached / uniforms.stride;
            let isInside = all(reached >= vec2<i32>(0)) && all(at * uniforms.stride == reached) && all(at < source);`
                : `let at = place * uniforms.stride + vec2<i32>(row, column) * uniforms.dilation - uniforms.before;
            let isInside = all(at >= vec2<i32>(0)) && all(at < source);`
            }
            if (isInside) {
              let pixel = (image * source.x + at.x) * source.y + at.y;
              let tap = row * uniforms.side.y + column;
              ${
                isEach
                  ? "sum += x[pixel * quads + quad] * weights[tap * quads + quad];"
                  : `let first = pixel * uniforms.xShape.w + 4 * quad / uniforms.each * uniforms.depth;
              for (var i = 0; i < uniforms.depth; i++) {
                sum += x[first + i] * weights[(tap * uniforms.depth + i) * quads + quad];
              }`
              }
            }
          }
        }
        ${bias ? "sum += bias[quad];" : ""}
        ${addend ? "sum += addend[index];" : ""}
        ${relu ? "sum = max(sum, vec4<f32>(0.0));" : ""}
        ${mask ? "sum = select(vec4<f32>(0.0), sum, positive[index] > vec4<f32>(0.0));" : ""}
        result[index] = sum;
      }
    }
  `;
}
