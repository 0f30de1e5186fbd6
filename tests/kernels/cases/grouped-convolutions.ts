/** Convolutions in groups, with any stride, padding and dilation. */
import { kernels } from "../../../src/core/tensor/backend";
import type { ConvolutionGeometry, FrozenConvolution } from "../../../src/core/tensor/convolution";
import type { Kernels } from "../../../src/core/tensor/kernels";
import { plainKernels } from "../../../src/core/tensor/plain/kernels";
import type { Tensor, Tensor4D } from "../../../src/core/tensor/tf";
import { type Case, numbers, random4d } from "./case";

/** [n, h, w, c₁, c₂, groups, kernel, stride, padding, dilation] */
const grouped: readonly (readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  readonly [number, number],
  number,
  number,
  number,
])[] = [
  [2, 6, 5, 8, 8, 8, [3, 3], 1, 1, 1],
  [1, 7, 8, 8, 8, 8, [5, 5], 2, 2, 1],
  [1, 9, 9, 4, 4, 4, [3, 2], 1, 2, 2],
  [1, 6, 6, 6, 6, 6, [3, 3], 2, 1, 1],
  [2, 5, 6, 16, 16, 2, [3, 3], 1, 1, 1],
  [1, 7, 8, 8, 16, 2, [3, 3], 2, 1, 1],
  [1, 5, 5, 6, 9, 3, [3, 3], 1, 1, 1],
  [1, 9, 10, 3, 8, 1, [7, 7], 2, 3, 1],
  [1, 6, 8, 8, 12, 1, [2, 2], 2, 0, 1],
  [2, 5, 6, 8, 8, 1, [1, 7], 1, 3, 1],
];

export function groupedCases(): Case[] {
  return grouped.flatMap(([n, h, w, c1, c2, groups, kernel, step, pad, spread]) => {
    const pair = (value: number): [number, number] => [value, value];
    const out = [h, w].map(
      (size, axis) =>
        Math.floor((size + 2 * pad - ((kernel[axis] ?? 1) - 1) * spread - 1) / step) + 1,
    ) as [number, number];
    const geometry: ConvolutionGeometry = {
      ...{ kernel, stride: pair(step), dilation: pair(spread), groups, channels: c1 },
      ...{ before: pair(pad), after: pair(pad), size: [h, w], out },
    };
    const values = numbers(1, (kernel[0] * kernel[1] * c1 * c2) / groups);
    const bias = numbers(2, c2);
    const x = (): Tensor4D => random4d(3, n, h, w, c1);
    const dy = (): Tensor4D => random4d(4, n, ...out, c2);
    const likeOutput = (): Tensor4D => random4d(5, n, ...out, c2);
    const likeInput = (): Tensor4D => random4d(6, n, h, w, c1);
    const name = `${kernel.join("×")}, ${c1} to ${c2} in ${groups} groups, stride ${step}`;
    const works: Readonly<Record<string, (made: FrozenConvolution) => Tensor>> = {
      forward: (made) => made.forward(x(), "linear"),
      "forward, addend, ReLU": (made) => made.forward(x(), "relu", likeOutput()),
      "input gradient": (made) => made.inputGradient(dy()),
      "input gradient, addend, mask": (made) =>
        made.inputGradient(dy(), { addend: likeInput(), mask: likeInput() }),
    };
    const by = (make: Kernels["generalConvolution"], work: (typeof works)[string]): Tensor => {
      const made = make(values, bias, geometry);
      const result = work(made);
      made.dispose();
      return result;
    };
    return Object.entries(works).map(([label, work]) => ({
      name: `${name}: ${label}`,
      ours: () => by(kernels().generalConvolution, work),
      plain: () => by(plainKernels.generalConvolution, work),
    }));
  });
}
