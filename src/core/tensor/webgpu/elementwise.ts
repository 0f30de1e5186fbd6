/** Elementwise operators in one dispatch each, where tfjs takes several. */
import type { Tensor } from "../tf";
import { runProgram, type GpuKernelName, type Program, type Uniform } from "./program";

const threads = 128;

/** @param lines WGSL that assigns `value` from the variables at `index`, four numbers at a time */
function elementwise(
  name: GpuKernelName,
  key: string,
  inputs: Readonly<Record<string, Tensor>>,
  numbers: Readonly<Record<string, number>>,
  lines: string,
): Tensor {
  const tensors = Object.values(inputs);
  const shape = tensors[0]?.shape ?? [];
  const size = tensors[0]?.size ?? 0;
  const vectors = size % 4 === 0;
  const component = vectors ? 4 : 1;
  const count = size / component;
  const type = vectors ? "vec4<f32>" : "f32";
  const program: Program = {
    variableNames: Object.keys(inputs),
    variableComponents: tensors.map(() => component),
    outputComponent: component,
    outputShape: shape,
    workgroupSize: [threads, 1, 1],
    dispatchLayout: { x: shape.map((_, axis) => axis) },
    dispatch: [Math.ceil(count / threads), 1, 1],
    shaderKey: `stitchlab_${key}_${component}`,
    size: true,
    uniforms: Object.keys(numbers)
      .map((number) => `${number} : f32, `)
      .join(""),
    getUserCode: () => `
      fn main(index : i32) {
        if (index < uniforms.size) {
          let zero = ${type}(0.0);
          var value = zero;
          ${lines}
          result[index] = value;
        }
      }
    `,
  };
  const uniforms: Uniform[] = Object.values(numbers).map((number) => ({
    type: "float32",
    data: [number],
  }));
  return runProgram(name, program, tensors, uniforms);
}

/** @returns a tensor of the gradient's shape; the caller disposes it */
export function gpuReluGradient(gradient: Tensor, output: Tensor): Tensor {
  return elementwise(
    "gpuReluGradient",
    "relu_gradient",
    { gradient, activated: output },
    {},
    "value = select(zero, gradient[index], activated[index] > zero);",
  );
}

/**
 * Moves a running mean towards a gradient, or towards its square: kept · mean + (1 − kept) ·
 * gradient.
 */
export function gpuMoment(mean: Tensor, gradient: Tensor, kept: number, squared: boolean): Tensor {
  return elementwise(
    "gpuAdam",
    squared ? "second_moment" : "first_moment",
    { mean, gradient },
    { kept, taken: 1 - kept },
    `let towards = gradient[index]${squared ? " * gradient[index]" : ""};
     value = uniforms.kept * mean[index] + uniforms.taken * towards;`,
  );
}

/** Computes parameters − rate · first / (√(second / correction) + epsilon). */
export function gpuAdamStep(
  parameters: Tensor,
  moments: { readonly first: Tensor; readonly second: Tensor },
  numbers: { readonly rate: number; readonly correction: number; readonly epsilon: number },
): Tensor {
  return elementwise(
    "gpuAdam",
    "adam_step",
    { parameters, ...moments },
    { ...numbers },
    `value = parameters[index] - uniforms.rate * first[index]
       / (sqrt(second[index] / uniforms.correction) + uniforms.epsilon);`,
  );
}
