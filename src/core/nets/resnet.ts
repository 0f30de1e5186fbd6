/**
 * ResNet for CIFAR with basic blocks, from torchvision's parameter names.
 *
 * He et al. 2016, "Deep Residual Learning for Image Recognition". Taps: after the stem's ReLU and
 * after each block's last ReLU, never inside a block (Bansal et al. 2021, appendix B).
 */
import { builtSegment } from "../graph/builder";
import { foldedConvolution } from "../weights/fold";
import type { State } from "../weights/state";
import {
  classesOf,
  halved,
  inputOf,
  type ImageShape,
  type ResNetArchitecture,
  type Size,
} from "./architecture";
import { classifier } from "./classifier";
import type { BuildSegment, Segment } from "../graph/segment";

/** Returns one segment per tap, then the classifier. */
export function resnetSegments(state: State, architecture: ResNetArchitecture): BuildSegment[] {
  const { blocks, width } = architecture;
  const input = inputOf(architecture);
  const segments: BuildSegment[] = [() => stem(state, input, width)];
  let c1 = width;
  let size: Size = input;
  blocks.forEach((count, stage) => {
    const c2 = width * 2 ** stage;
    for (let block = 0; block < count; block++) {
      const stride = stage > 0 && block === 0 ? 2 : 1;
      const name = `layer${stage + 1}.${block}`;
      const read = { size, c1 };
      segments.push(() => basicBlock(state, name, read, c2, stride));
      c1 = c2;
      if (stride === 2) size = halved(size);
    }
  });
  const last = { size, c1 };
  return [...segments, () => classifier(state, "fc", last, classesOf(architecture))];
}

function stem(state: State, input: ImageShape, filters: number): Segment {
  const { height, width, channels } = input;
  const folded = foldedConvolution(state, "conv1", "bn1", 3, channels, filters);
  return builtSegment([height, width, channels], (graph) =>
    graph.convolution(graph.input, folded, { relu: true }),
  );
}

/** relu(conv₂(relu(conv₁(x))) + shortcut(x)) */
function basicBlock(
  state: State,
  name: string,
  { size, c1 }: { readonly size: Size; readonly c1: number },
  c2: number,
  stride: 1 | 2,
): Segment {
  const first = foldedConvolution(state, `${name}.conv1`, `${name}.bn1`, 3, c1, c2);
  const second = foldedConvolution(state, `${name}.conv2`, `${name}.bn2`, 3, c2, c2);
  const [convolution, norm] = [`${name}.downsample.0`, `${name}.downsample.1`];
  const shortcut =
    stride === 1 && c1 === c2 ? undefined : foldedConvolution(state, convolution, norm, 1, c1, c2);
  return builtSegment([size.height, size.width, c1], (graph) => {
    const x = graph.input;
    const addend = shortcut ? graph.convolution(x, shortcut, { stride, relu: false }) : x;
    const inner = graph.convolution(x, first, { stride, relu: true });
    return graph.convolution(inner, second, { relu: true, addend });
  });
}
