/** Gradients of pools. */
import { kernels } from "../../../src/core/tensor/backend";
import type { Kernels } from "../../../src/core/tensor/kernels";
import { plainKernels } from "../../../src/core/tensor/plain/kernels";
import { tf, type Tensor } from "../../../src/core/tensor/tf";
import { type Case, random4d } from "./case";

/** [n, h, w, c, kernel, stride, padding] */
const pools: readonly (readonly [number, number, number, number, number, number, number])[] = [
  [2, 8, 8, 8, 3, 2, 1],
  [2, 9, 7, 4, 3, 2, 0],
  [1, 6, 6, 12, 2, 2, 0],
  [2, 5, 5, 6, 3, 1, 1],
];

export function poolCases(): Case[] {
  return pools.map(([n, h, w, c, k, step, pad]) => {
    const pair = (value: number): [number, number] => [value, value];
    const window = { kernel: pair(k), stride: pair(step), before: pair(pad) };
    const gradient = (by: Kernels): Tensor => {
      // After a ReLU, where many windows have equal numbers.
      const x = tf.relu(random4d(1, n, h, w, c));
      const around = pair(pad);
      const padded = tf.pad(x, [[0, 0], around, around, [0, 0]], -1e9);
      const output = tf.maxPool(padded, k, step, "valid");
      return by.maxPoolGradient(x, output, random4d(2, ...output.shape), window);
    };
    return {
      name: `[${n}, ${h}, ${w}, ${c}]: gradient of a maximum, ${k}×${k}, stride ${step}`,
      ours: () => gradient(kernels()),
      plain: () => gradient(plainKernels),
    };
  });
}
