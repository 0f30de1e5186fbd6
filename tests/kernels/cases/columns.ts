/** Sums and means of columns, and the passes of a BatchNorm. */
import { kernels } from "../../../src/core/tensor/backend";
import { tf, type Tensor, type Tensor1D, type Tensor2D } from "../../../src/core/tensor/tf";
import { type Case, numbers, random2d } from "./case";

export function columnCases(): Case[] {
  const shapes: readonly [number, number][] = [
    [40, 12],
    [1_000, 16],
    [3_000, 8],
    [16, 4_096],
    [100, 7],
  ];
  return shapes.flatMap(([n, c]) => {
    const rows = (): Tensor2D => tf.tidy(() => tf.add(random2d(1, n, c), 3));
    const name = `[${n}, ${c}]`;
    return [
      {
        name: `${name}: column sums`,
        ours: () => kernels().columnSums(rows()),
        plain: () => tf.sum(rows(), 0),
      },
      {
        name: `${name}: column means`,
        ours: () => kernels().columnMeans(rows()),
        plain: () => tf.mean(rows(), 0),
      },
      {
        name: `${name}: centred columns`,
        ours: () => kernels().centredColumns(rows()).centred,
        plain: () => tf.sub(rows(), tf.mean(rows(), 0)),
      },
      ...normCases(name, n, c),
    ];
  });
}

/** The passes of a BatchNorm in training. */
function normCases(name: string, n: number, c: number): Case[] {
  const x = (): Tensor2D => random2d(1, n, c);
  const g = (): Tensor2D => random2d(2, n, c);
  const vector = (seed: number): Tensor1D => tf.tensor1d(numbers(seed, c));
  const centred = (): Tensor => tf.sub(x(), vector(3));
  const scaled = (): Tensor => tf.add(tf.mul(x(), vector(4)), vector(5));
  return [
    {
      name: `${name}: sums of a gradient`,
      ours: () => kernels().columnMoments(x(), vector(3), g()),
      plain: () => tf.stack([tf.sum(g(), 0), tf.sum(tf.mul(g(), centred()), 0)]),
    },
    {
      name: `${name}: sums of squares`,
      ours: () => kernels().columnMoments(x(), vector(3)),
      plain: () => tf.stack([tf.sum(centred(), 0), tf.sum(tf.square(centred()), 0)]),
    },
    {
      name: `${name}: scaled`,
      ours: () => kernels().scaleColumns(x(), vector(4), vector(5), { relu: false }),
      plain: scaled,
    },
    {
      name: `${name}: scaled, addend, ReLU`,
      ours: () => kernels().scaleColumns(x(), vector(4), vector(5), { addend: g(), relu: true }),
      plain: () => tf.relu(tf.add(scaled(), g())),
    },
    {
      name: `${name}: combined`,
      ours: () => kernels().combineColumns(g(), x(), { a: vector(3), b: vector(4), d: vector(5) }),
      plain: () => tf.add(tf.add(tf.mul(g(), vector(3)), tf.mul(x(), vector(4))), vector(5)),
    },
  ];
}
