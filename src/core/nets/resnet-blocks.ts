/**
 * The convolutions of a ResNet, by torchvision's parameter names, and the sizes between them. What
 * is built, what a file must have and where the taps are follow from these.
 */
import type { ResNetArchitecture } from "./architecture-schema";
import { halved, type Size } from "./taps";

/** A convolution and the BatchNorm after it. */
export interface NormedConvolution {
  readonly conv: string;
  readonly norm: string;
  /** Side of its kernel. */
  readonly k: number;
  readonly c1: number;
  readonly c2: number;
  readonly stride: 1 | 2;
}

export interface ResNetBlock {
  /** In order; the last one's output is added to the shortcut's. */
  readonly convolutions: readonly NormedConvolution[];
  /** Absent where the block adds what it reads. */
  readonly shortcut?: NormedConvolution;
  readonly c1: number;
  readonly c2: number;
  readonly stride: 1 | 2;
}

/** @param channels of the images */
export function resnetStem(
  { width, stem }: ResNetArchitecture,
  channels: number,
): NormedConvolution {
  const kernel =
    stem === "imagenet" ? ({ k: 7, stride: 2 } as const) : ({ k: 3, stride: 1 } as const);
  return { conv: "conv1", norm: "bn1", c1: channels, c2: width, ...kernel };
}

/** The size of the stem's output: an ImageNet stem halves twice. */
export function stemSize({ stem }: ResNetArchitecture, images: Size): Size {
  return stem === "imagenet" ? halved(halved(images)) : images;
}

/** Every block of a ResNet, in order. */
export function resnetBlocks({ blocks, width, expansion }: ResNetArchitecture): ResNetBlock[] {
  let c1 = width;
  return blocks.flatMap((count, stage) =>
    Array.from({ length: count }, (_, index) => {
      const place = {
        name: `layer${stage + 1}.${index}`,
        c1,
        inner: width * 2 ** stage,
        stride: stage > 0 && index === 0 ? (2 as const) : (1 as const),
      };
      const block = expansion === undefined ? basicBlock(place) : bottleneck(place, expansion);
      c1 = block.c2;
      return block;
    }),
  );
}

interface Place {
  readonly name: string;
  readonly c1: number;
  /** Filters of the stage. */
  readonly inner: number;
  readonly stride: 1 | 2;
}

function basicBlock({ name, c1, inner, stride }: Place): ResNetBlock {
  return {
    convolutions: [
      numbered(name, 1, { k: 3, c1, c2: inner, stride }),
      numbered(name, 2, { k: 3, c1: inner, c2: inner, stride: 1 }),
    ],
    ...withShortcut({ name, c1, inner, stride }, inner),
  };
}

/**
 * The stride is the 3×3 convolution's, as in torchvision ("v1.5"); in He et al. 2016 it is the first
 * one's.
 */
function bottleneck(place: Place, expansion: number): ResNetBlock {
  const { name, c1, inner, stride } = place;
  const c2 = inner * expansion;
  return {
    convolutions: [
      numbered(name, 1, { k: 1, c1, c2: inner, stride: 1 }),
      numbered(name, 2, { k: 3, c1: inner, c2: inner, stride }),
      numbered(name, 3, { k: 1, c1: inner, c2, stride: 1 }),
    ],
    ...withShortcut(place, c2),
  };
}

function numbered(
  name: string,
  number: number,
  shape: Omit<NormedConvolution, "conv" | "norm">,
): NormedConvolution {
  return { conv: `${name}.conv${number}`, norm: `${name}.bn${number}`, ...shape };
}

function withShortcut({ name, c1, stride }: Place, c2: number): Omit<ResNetBlock, "convolutions"> {
  if (stride === 1 && c1 === c2) return { c1, c2, stride };
  const [conv, norm] = [`${name}.downsample.0`, `${name}.downsample.1`];
  return { c1, c2, stride, shortcut: { conv, norm, k: 1, c1, c2, stride } };
}
