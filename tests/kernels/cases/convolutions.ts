/** Convolutions without groups, frozen and with a kernel that changes. */
import { kernels } from "../../../src/core/tensor/backend";
import type { FrozenConvolution } from "../../../src/core/tensor/convolution";
import { tf, type Tensor, type Tensor1D, type Tensor4D } from "../../../src/core/tensor/tf";
import { type Case, numbers, random4d } from "./case";

/** [n, h, w, c₁, c₂, k, stride] */
const convolutions: readonly [number, number, number, number, number, number, 1 | 2][] = [
  [2, 8, 8, 16, 16, 3, 1],
  [3, 6, 10, 4, 8, 3, 1],
  [2, 8, 8, 20, 36, 3, 1],
  [1, 5, 7, 8, 32, 5, 1],
  [2, 8, 8, 16, 64, 1, 1],
  [2, 8, 8, 16, 32, 3, 2],
  [3, 10, 6, 12, 20, 3, 2],
  [2, 8, 8, 16, 32, 1, 2],
  [2, 8, 8, 3, 16, 3, 1],
];

export function convolutionCases(): Case[] {
  return convolutions.flatMap(([n, h, w, c1, c2, k, stride]) => {
    const [outH, outW] = [h / stride, w / stride];
    const kernel = (): Tensor4D => random4d(1, k, k, c1, c2);
    const bias = (): Tensor1D => tf.tensor1d(numbers(2, c2));
    const x = (): Tensor4D => random4d(3, n, h, w, c1);
    const dy = (): Tensor4D => random4d(4, n, outH, outW, c2);
    const likeOutput = (): Tensor4D => random4d(5, n, outH, outW, c2);
    const likeInput = (): Tensor4D => random4d(6, n, h, w, c1);
    const mask = (): Tensor4D => random4d(7, n, h, w, c1);
    const pad = (k - 1) / 2;
    const plainForward = (): Tensor4D => {
      const padded = tf.pad(x(), [
        [0, 0],
        [pad, pad],
        [pad, pad],
        [0, 0],
      ]);
      return tf.add(tf.conv2d(padded, kernel(), stride, "valid"), bias());
    };
    const plainGradient = (): Tensor4D =>
      tf.slice(
        tf.conv2dTranspose(dy(), kernel(), [n, h + 2 * pad, w + 2 * pad, c1], stride, "valid"),
        [0, pad, pad, 0],
        [n, h, w, c1],
      );
    const ours = (compute: (made: FrozenConvolution) => Tensor): Tensor => {
      const convolution = kernels().frozenConvolution(tf.keep(kernel()), tf.keep(bias()), stride);
      const computed = compute(convolution);
      convolution.dispose();
      return computed;
    };
    const name = `${k}×${k}, ${c1} to ${c2}, stride ${stride}`;
    const positive = (gradient: Tensor): Tensor => tf.mul(gradient, tf.step(mask()));
    return [
      {
        name: `${name}: forward`,
        ours: () => ours((made) => made.forward(x(), "linear")),
        plain: plainForward,
      },
      {
        name: `${name}: forward, addend, ReLU`,
        ours: () => ours((made) => made.forward(x(), "relu", likeOutput())),
        plain: () => tf.relu(tf.add(plainForward(), likeOutput())),
      },
      {
        name: `${name}: input gradient`,
        ours: () => ours((made) => made.inputGradient(dy())),
        plain: plainGradient,
      },
      {
        name: `${name}: input gradient, addend, mask`,
        ours: () => ours((made) => made.inputGradient(dy(), { addend: likeInput(), mask: mask() })),
        plain: () => positive(tf.add(plainGradient(), likeInput())),
      },
      {
        name: `${name}: a kernel that changes, forward`,
        ours: () => kernels().convolution(x(), kernel(), stride),
        plain: () => tf.sub(plainForward(), bias()),
      },
      {
        name: `${name}: a kernel that changes, input gradient`,
        ours: () => kernels().inputGradient(dy(), kernel(), stride),
        plain: plainGradient,
      },
    ];
  });
}
