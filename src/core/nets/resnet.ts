/**
 * ResNet from torchvision's parameter names: with the 3×3 stem of CIFAR or the 7×7 stem and the
 * max-pooling of ImageNet, of basic blocks or bottlenecks.
 *
 * He et al. 2016, "Deep Residual Learning for Image Recognition". Taps: after the stem and after
 * each block's last ReLU, never inside a block (Bansal et al. 2021, appendix B).
 */
import { builtSegment } from "../graph/builder";
import { foldedConvolution } from "../weights/fold";
import type { State } from "../weights/state";
import { classesOf, hasHead, inputOf } from "./architecture";
import type { ImageShape, ResNetArchitecture } from "./architecture-schema";
import { halved, type Size } from "./taps";
import { classifier } from "./classifier";
import {
  resnetBlocks,
  resnetStem,
  stemSize,
  type NormedConvolution,
  type ResNetBlock,
} from "./resnet-blocks";
import type { FoldedConvolution } from "../graph/builder";
import type { BuildSegment, Segment } from "../graph/segment";

/** Returns one segment per tap, then the classifier if there is one. */
export function resnetSegments(state: State, architecture: ResNetArchitecture): BuildSegment[] {
  const input = inputOf(architecture);
  const segments: BuildSegment[] = [() => stem(state, architecture, input)];
  let size = stemSize(architecture, input);
  let c1 = architecture.width;
  for (const each of resnetBlocks(architecture)) {
    const read = size;
    segments.push(() => block(state, each, read));
    if (each.stride === 2) size = halved(size);
    c1 = each.c2;
  }
  if (!hasHead(architecture)) return segments;
  const last = { size, c1 };
  return [...segments, () => classifier(state, "fc", last, classesOf(architecture))];
}

function stem(
  state: State,
  architecture: ResNetArchitecture,
  { height, width, channels }: ImageShape,
): Segment {
  const convolution = resnetStem(architecture, channels);
  const read = folded(state, convolution);
  return builtSegment([height, width, channels], (graph) => {
    const { stride } = convolution;
    const active = graph.convolution(graph.input, read, { stride, relu: true });
    if (architecture.stem !== "imagenet") return active;
    return graph.node("MaxPool", [active], {
      channelsLast: 1,
      kernel_shape: [3, 3],
      strides: [2, 2],
      pads: [1, 1, 1, 1],
    });
  });
}

/** relu(convₙ(… relu(conv₁(x))) + shortcut(x)) */
function block(
  state: State,
  { convolutions, shortcut, c1, stride }: ResNetBlock,
  { height, width }: Size,
): Segment {
  const read = convolutions.map((each) => ({ ...each, folded: folded(state, each) }));
  const projection = shortcut && folded(state, shortcut);
  return builtSegment([height, width, c1], (graph) => {
    const x = graph.input;
    const addend = projection ? graph.convolution(x, projection, { stride, relu: false }) : x;
    return read.reduce((value, { folded, stride }, index) => {
      const isLast = index === read.length - 1;
      return graph.convolution(value, folded, { stride, relu: true, ...(isLast && { addend }) });
    }, x);
  });
}

function folded(state: State, { conv, norm, k, c1, c2 }: NormedConvolution): FoldedConvolution {
  return foldedConvolution(state, conv, norm, k, c1, c2);
}
