/** Frozen convolutions by our WGSL program, one dispatch each. */
import type { FrozenConvolution, GradientEpilogue } from "../convolution";
import { keptTensors } from "../ownership";
import { rotate } from "../plain/convolution";
import { tf, type Tensor1D, type Tensor4D } from "../tf";
import { convolutionProgram } from "./convolution-program";
import { runProgram } from "./program";

/**
 * Computes the same as `general`, in fewer dispatches and with less memory traffic, where channels
 * are whole vectors.
 *
 * @param kernel [k, k, c₁, c₂]; `general` owns it, and the bias
 * @param general owned by the result; covers what our program does not
 */
export function gpuConvolution(
  kernel: Tensor4D,
  bias: Tensor1D,
  stride: 1 | 2,
  general: FrozenConvolution,
): FrozenConvolution {
  const [side, , c1, c2] = kernel.shape;
  if (c1 % 4 !== 0 || c2 % 4 !== 0) return general;
  // Created at the first gradient: a bottom network never needs it.
  const rotated = keptTensors(() => [rotate(kernel)] as const);
  return {
    forward(x, activation, addend) {
      const [n, h, w] = x.shape;
      const form = { side, stride, spread: false, bias: true, mask: false } as const;
      return runProgram(
        "gpuConvolve",
        convolutionProgram({ ...form, addend: addend !== undefined, relu: activation === "relu" }, [
          n,
          h / stride,
          w / stride,
          c2,
        ]),
        [x, kernel, bias, ...(addend ? [addend] : [])],
      ) as Tensor4D;
    },
    inputGradient(dy, { addend, mask }: GradientEpilogue = {}) {
      const [n, h, w] = dy.shape;
      const form = { side, stride: 1, spread: stride === 2, bias: false, relu: false } as const;
      return tf.tidy(
        () =>
          runProgram(
            "gpuConvolve",
            convolutionProgram(
              { ...form, addend: addend !== undefined, mask: mask !== undefined },
              [n, h * stride, w * stride, c1],
            ),
            [dy, rotated.get()[0], ...(addend ? [addend] : []), ...(mask ? [mask] : [])],
          ) as Tensor4D,
      );
    },
    dispose() {
      rotated.dispose();
      general.dispose();
    },
  };
}
