/**
 * The five-layer CNN of Bansal, Nakkiran & Barak 2021: four stages of Conv–BN–ReLU–MaxPool with
 * widths w, 2w, 4w, 8w, then one linear layer. Taps: after each stage's pooling.
 */
import { kernels } from "../tensor/backend";
import { tf, type Tensor, type Tensor4D } from "../tensor/tf";
import type { State } from "../weights/state";
import { classesOf, imageChannels, myrtlePools, type MyrtleArchitecture } from "./architecture";
import { classifier, convolution } from "./layers";
import type { BuildSegment, Segment } from "./segment";

/** Returns one segment per tap, then the classifier. */
export function myrtleSegments(state: State, architecture: MyrtleArchitecture): BuildSegment[] {
  const { width } = architecture;
  let c1: number = imageChannels;
  const segments = myrtlePools.map((pool, index): BuildSegment => {
    const [from, c2] = [c1, width * 2 ** index];
    c1 = c2;
    return () => stage(state, index + 1, from, c2, pool);
  });
  return [...segments, () => classifier(state, "fc", c1, classesOf(architecture))];
}

function stage(state: State, number: number, c1: number, c2: number, pool: number): Segment {
  const conv = convolution(state, `conv${number}`, `bn${number}`, 3, c1, c2, 1);
  const pooled = (x: Tensor): Tensor => tf.maxPool(x as Tensor4D, pool, pool, "valid");
  // A pool of 1 is the identity; with the clone, the caller can dispose both input and output.
  const shrink = (x: Tensor4D): Tensor4D => (pool === 1 ? x.clone() : pooled(x)) as Tensor4D;

  return {
    forward: (x) => tf.tidy(() => shrink(conv.forward(x as Tensor4D, "relu"))),
    trace(x) {
      const active = conv.forward(x as Tensor4D, "relu");
      const output = shrink(active);
      const pullback = (gradient: Tensor4D): Tensor4D =>
        tf.tidy(() => {
          const spread = pool === 1 ? gradient : tf.grad(pooled)(active, gradient);
          return conv.inputGradient(kernels().reluGradient(spread as Tensor4D, active));
        });
      return { output, pullback: (gradient) => pullback(gradient as Tensor4D) };
    },
    dispose() {
      conv.dispose();
    },
  };
}
