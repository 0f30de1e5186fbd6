/** Matrix products. */
import { kernels } from "../../../src/core/tensor/backend";
import { tf } from "../../../src/core/tensor/tf";
import { type Case, random2d } from "./case";

export function productCases(): Case[] {
  const tall: readonly [n: number, p: number, q: number][] = [
    [50, 4, 8],
    [3_000, 16, 16],
    [5_000, 16, 40],
    [700, 64, 36],
    [90, 6, 8],
  ];
  const wide: readonly [n: number, k: number][] = [
    [8, 40],
    [36, 5_000],
    [128, 1_024],
    [6, 40],
  ];
  return [
    ...tall.map(([n, p, q]) => ({
      name: `[${n}, ${p}]ᵀ [${n}, ${q}]`,
      ours: () => kernels().matMulTransposeA(random2d(1, n, p), random2d(2, n, q)),
      plain: () => tf.matMul(random2d(1, n, p), random2d(2, n, q), true),
    })),
    ...wide.map(([n, k]) => ({
      name: `inner products of the rows of [${n}, ${k}]`,
      ours: () => kernels().gramMatrix(random2d(1, n, k)),
      plain: () => tf.matMul(random2d(1, n, k), random2d(1, n, k), false, true),
    })),
  ];
}
