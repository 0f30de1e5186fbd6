/** Estimates how much work one image is for a network, from the sizes of its layers or operators. */
import type { SegmentWork } from "../../core/graph/graph-work";
import { classesOf, hasHead, inputOf, mlpExpansion, tokensOf } from "../../core/nets/architecture";
import {
  myrtlePools,
  type Architecture,
  type GraphArchitecture,
  type MyrtleArchitecture,
  type ResNetArchitecture,
  type VitArchitecture,
} from "../../core/nets/architecture-schema";
import { isTokens, tapsOf, type Tap } from "../../core/nets/taps";
import { resnetBlocks, resnetStem } from "../../core/nets/resnet-blocks";
import type { UserModel } from "../../engine/user-model";

/** Work is counted in multiply-adds of a 3×3 convolution, which every backend is quickest at. */

/** Normalising, adding and cutting off one number; the factors are fitted to recorded times. */
const workPerNumber = 200;

/** A multiply-add of a matrix product, with the softmax, GELU and LayerNorm around it. */
const tokenFactor = 8;

/** A network, with what its file says of its work where that is known. */
export interface CostedNetwork {
  readonly architecture: Architecture;
  readonly contents?: UserModel["contents"];
}

/**
 * Returns the work of one image's forward pass, in parts: up to the first tap, from each tap to the
 * next, and from the last one to the logits. That of a network from an ONNX file is by its operators'
 * FLOPs; a guess where an earlier version has stored it without.
 */
export function networkWork({ architecture, contents }: CostedNetwork): readonly number[] {
  if (contents?.work) return contents.work.map(segmentWork);
  const taps = tapsOf(architecture);
  const last = taps.at(-1);
  const classes = hasHead(architecture) ? classesOf(architecture) : 0;
  const classifier = (last?.channels ?? 0) * classes;
  return [...partsOf(architecture, taps), classifier];
}

function partsOf(architecture: Architecture, taps: readonly Tap[]): number[] {
  switch (architecture.family) {
    case "resnet":
      return resnetParts(architecture, taps);
    case "myrtle":
      return myrtleParts(architecture, taps);
    case "vit":
      return vitParts(architecture);
    case "graph":
      return graphParts(architecture, taps);
    default:
      return architecture satisfies never;
  }
}

/** By the same factors as that of the networks whose layers are known. */
function segmentWork({ convolutions, outputs, products, others }: SegmentWork): number {
  const multiplyAdds = (convolutions + others + tokenFactor * products) / 2;
  return multiplyAdds + workPerNumber * outputs;
}

/** @param side of the kernel */
function convolution(side: number, c1: number, c2: number, pixels: number): number {
  return (side ** 2 * c1 + workPerNumber) * c2 * pixels;
}

function resnetParts(architecture: ResNetArchitecture, taps: readonly Tap[]): number[] {
  const { height, width, channels } = inputOf(architecture);
  const stem = resnetStem(architecture, channels);
  const stemPixels = (height * width) / stem.stride ** 2;
  const blocks = resnetBlocks(architecture).map(({ convolutions, shortcut, stride }, block) => {
    const { height: h = 0, width: w = 0 } = taps[block + 1] ?? {};
    let strideLeft = stride;
    const main = convolutions.map(({ k, c1, c2, stride: s }) => {
      // Before the convolution that halves, the map is still large.
      if (s === strideLeft) strideLeft = 1;
      return convolution(k, c1, c2, h * w * strideLeft ** 2);
    });
    const side = shortcut ? convolution(shortcut.k, shortcut.c1, shortcut.c2, h * w) : 0;
    return sum(main) + side;
  });
  return [convolution(stem.k, stem.c1, stem.c2, stemPixels), ...blocks];
}

function myrtleParts(architecture: MyrtleArchitecture, taps: readonly Tap[]): number[] {
  return taps.map(({ height, width, channels }, stage) => {
    const pool = myrtlePools[stage] ?? 1;
    const c1 = taps[stage - 1]?.channels ?? inputOf(architecture).channels;
    return convolution(3, c1, channels, height * width * pool ** 2);
  });
}

function vitParts(architecture: VitArchitecture): number[] {
  const { dim, depth, patch } = architecture;
  const tokens = tokensOf(architecture);
  const embedding = (tokens - 1) * patch ** 2 * inputOf(architecture).channels * dim;
  return [embedding, ...Array.from({ length: depth }, () => transformerBlock(tokens, dim))];
}

/** Queries, keys, values and output; the MLP; scores and what they weight. */
function transformerBlock(tokens: number, dim: number): number {
  const linear = (4 + 2 * mlpExpansion) * tokens * dim ** 2;
  return tokenFactor * (linear + 2 * tokens ** 2 * dim);
}

/**
 * Where the operators between two taps are not known: as much as a residual block, or one of a
 * transformer, of the second tap's size.
 */
function graphParts(architecture: GraphArchitecture, taps: readonly Tap[]): number[] {
  return taps.map((tap, index) => {
    const { height, width, channels } = tap;
    if (isTokens(tap)) return index === 0 ? 0 : transformerBlock(width, channels);
    const c1 = taps[index - 1]?.channels ?? inputOf(architecture).channels;
    const pixels = height * width;
    return convolution(3, c1, channels, pixels) + convolution(3, channels, channels, pixels);
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
