/**
 * ResNet for CIFAR with basic blocks, from torchvision's parameter names.
 *
 * He et al. 2016, "Deep Residual Learning for Image Recognition". Taps: after the stem's ReLU and
 * after each block's last ReLU, never inside a block (Bansal et al. 2021, appendix B).
 */
import type { FrozenConvolution } from "../tensor/kernels";
import { kernels } from "../tensor/backend";
import { tf, type Tensor4D } from "../tensor/tf";
import type { State } from "../weights/state";
import { classesOf, imageChannels, type ResNetArchitecture } from "./architecture";
import { classifier, convolution } from "./layers";
import type { BuildSegment, Segment } from "./segment";

/** Returns one segment per tap, then the classifier. */
export function resnetSegments(state: State, architecture: ResNetArchitecture): BuildSegment[] {
  const { blocks, width } = architecture;
  const segments: BuildSegment[] = [() => stem(state, width)];
  let c1 = width;
  blocks.forEach((count, stage) => {
    const c2 = width * 2 ** stage;
    for (let block = 0; block < count; block++) {
      const stride = stage > 0 && block === 0 ? 2 : 1;
      const name = `layer${stage + 1}.${block}`;
      const from = c1;
      segments.push(() => basicBlock(state, name, from, c2, stride));
      c1 = c2;
    }
  });
  return [...segments, () => classifier(state, "fc", c1, classesOf(architecture))];
}

function stem(state: State, width: number): Segment {
  const conv = convolution(state, "conv1", "bn1", 3, imageChannels, width, 1);
  return {
    forward: (x) => conv.forward(x as Tensor4D, "relu"),
    trace(x) {
      const output = conv.forward(x as Tensor4D, "relu");
      return {
        output,
        pullback: (gradient) =>
          tf.tidy(() => conv.inputGradient(kernels().reluGradient(gradient as Tensor4D, output))),
      };
    },
    dispose() {
      conv.dispose();
    },
  };
}

/** relu(conv₂(relu(conv₁(x))) + shortcut(x)) */
function basicBlock(state: State, name: string, c1: number, c2: number, stride: 1 | 2): Segment {
  const first = convolution(state, `${name}.conv1`, `${name}.bn1`, 3, c1, c2, stride);
  const second = convolution(state, `${name}.conv2`, `${name}.bn2`, 3, c2, c2, 1);
  const shortcut: FrozenConvolution | undefined =
    stride === 1 && c1 === c2
      ? undefined
      : convolution(state, `${name}.downsample.0`, `${name}.downsample.1`, 1, c1, c2, stride);

  const finish = (inner: Tensor4D, x: Tensor4D): Tensor4D =>
    tf.tidy(() => second.forward(inner, "relu", shortcut ? shortcut.forward(x, "linear") : x));

  return {
    forward: (x) => tf.tidy(() => finish(first.forward(x as Tensor4D, "relu"), x as Tensor4D)),
    trace(x) {
      const inner = first.forward(x as Tensor4D, "relu");
      const output = finish(inner, x as Tensor4D);
      const pullback = (gradient: Tensor4D): Tensor4D =>
        tf.tidy(() => {
          const sum = kernels().reluGradient(gradient, output);
          const within = second.inputGradient(sum, { mask: inner });
          if (!shortcut) return first.inputGradient(within, { addend: sum });
          return shortcut.inputGradient(sum, { addend: first.inputGradient(within) });
        });
      return { output, pullback: (gradient) => pullback(gradient as Tensor4D) };
    },
    dispose() {
      first.dispose();
      second.dispose();
      shortcut?.dispose();
    },
  };
}
