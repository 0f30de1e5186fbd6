/** Steps that are recorded once and replayed. */
import { kernels } from "../../../src/core/tensor/backend";
import { replayed } from "../../../src/core/tensor/steps";
import {
  tf,
  type Rank,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from "../../../src/core/tensor/tf";
import { type Case, random2d, random4d } from "./case";

/**
 * The same work on other numbers, five times in a row: plain at first, then recorded, then
 * replayed.
 */
export function replayCases(): Case[] {
  const work = (x: Tensor4D, rows: Tensor2D): [Tensor2D, Tensor1D] => {
    // Constants that are uploaded and thrown away, and memory that is used again.
    const scaled = tf.mul(x, tf.tensor1d([2, -1, 0.5, 3]));
    const summed = tf.add(tf.relu(scaled), tf.tensor1d([1, 2, 3, 4]));
    const flat = tf.reshape<Rank.R2>(summed, [40, 4]);
    return [kernels().matMulTransposeA(flat, rows), kernels().columnSums(rows)];
  };
  const inputs = (k: number): [Tensor4D, Tensor2D] => [
    random4d(10 + k, 2, 4, 5, 4),
    // On the device already, where the other is uploaded.
    tf.mul<Tensor2D>(random2d(20 + k, 40, 8), k),
  ];
  const repeated = (run: typeof work): Tensor =>
    tf.concat1d(
      [1, 2, 3, 4, 5].flatMap((k) => run(...inputs(k)).map((tensor) => tensor.flatten())),
    );
  return [
    {
      name: "replayed work",
      ours() {
        const again = replayed(work);
        const results = repeated((...given) => again.run(...given));
        again.dispose();
        return results;
      },
      plain: () => repeated(work),
    },
  ];
}
