/** What a training step needs besides: ReLU, cross-entropy, Adam. */
import { initAdam, updateAdam } from "../../../src/core/stitch/training/adam";
import { kernels } from "../../../src/core/tensor/backend";
import { tf, type Tensor, type Tensor1D, type Tensor2D } from "../../../src/core/tensor/tf";
import { type Case, numbers, random2d, random4d } from "./case";

export function trainingStepCases(): Case[] {
  const [x, y] = [() => random4d(1, 3, 2, 5, 3), () => random4d(2, 3, 2, 5, 3)];
  const logits = (): Tensor2D => tf.mul(random2d(1, 70, 10), 5);
  const labels = (): Tensor2D =>
    tf.tensor2d(
      Float32Array.from({ length: 700 }, (_, k) => Number(k % 10 === Math.floor(k / 10) % 10)),
      [70, 10],
    );
  const losses = (): Tensor => tf.neg(tf.sum(tf.mul(labels(), tf.logSoftmax(logits())), 1));
  const parameters = (): Tensor1D => tf.tensor1d(numbers(3, 37));
  const gradients = [4, 5].map((seed) => () => tf.tensor1d(numbers(seed, 37)));
  const adam = (): Tensor => {
    let at = { parameters: parameters(), state: initAdam(37) };
    for (const gradient of gradients) at = updateAdam(at.parameters, gradient(), at.state, 0.1);
    return tf.concat1d([at.parameters, at.state.first, at.state.second]);
  };
  const plainAdam = (): Tensor => {
    let value: Tensor = parameters();
    let first: Tensor = tf.zeros([37]);
    let second: Tensor = tf.zeros([37]);
    gradients.forEach((gradient, k) => {
      first = tf.add(tf.mul(first, 0.9), tf.mul(gradient(), 0.1));
      second = tf.add(tf.mul(second, 0.999), tf.mul(tf.square(gradient()), 0.001));
      const deviation = tf.add(tf.sqrt(tf.div(second, 1 - 0.999 ** (k + 1))), 1e-8);
      value = tf.sub(value, tf.div(tf.mul(tf.div(first, 1 - 0.9 ** (k + 1)), 0.1), deviation));
    });
    return tf.concat1d([value, first, second] as Tensor1D[]);
  };
  return [
    {
      name: "the gradient of a ReLU",
      ours: () => kernels().reluGradient(x(), y()),
      plain: () => tf.mul(x(), tf.step(y())),
    },
    {
      name: "cross-entropies",
      ours: () => kernels().crossEntropies(logits(), labels()),
      plain: losses,
    },
    {
      name: "mean cross-entropy",
      ours: () => kernels().crossEntropy(logits(), labels()).loss,
      plain: () => tf.mean(losses()),
    },
    {
      name: "its gradient",
      ours: () => kernels().crossEntropy(logits(), labels()).gradient,
      plain: () => tf.div(tf.sub(tf.softmax(logits()), labels()), 70),
    },
    { name: "two steps of Adam", ours: adam, plain: plainAdam },
  ];
}
