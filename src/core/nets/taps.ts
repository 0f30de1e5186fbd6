/** The points between layers where a representation can be read or replaced. */
import { inputOf, tokensOf } from "./architecture";
import {
  myrtlePools,
  type Architecture,
  type MyrtleArchitecture,
  type ResNetArchitecture,
  type VitArchitecture,
} from "./architecture-schema";

/** Height and width of a representation. */
export interface Size {
  /** 1 for a Vision Transformer, whose tokens lie in one row. */
  readonly height: number;
  /** The number of tokens for a Vision Transformer. */
  readonly width: number;
}

/** A named point between layers where a representation can be read or replaced. */
export interface Tap extends Size {
  /** Position among the taps, from 0 at the input. */
  readonly index: number;
  readonly name: string;
  readonly channels: number;
}

/** Whether a representation is a row of tokens: no map here is one pixel high and wider. */
export function isTokens({ height, width }: Size): boolean {
  return height === 1 && width > 1;
}

/** A bottom tap and the top tap that it is fed into. */
export interface Site {
  readonly bottomTap: number;
  readonly topTap: number;
}

/** Every tap of an architecture, from the input to the output. */
export function tapsOf(architecture: Architecture): Tap[] {
  switch (architecture.family) {
    case "resnet":
      return resnetTaps(architecture);
    case "myrtle":
      return myrtleTaps(architecture);
    case "vit":
      return vitTaps(architecture);
    case "graph":
      return architecture.taps.map(({ value: _, ...tap }, index) => ({ index, ...tap }));
    default:
      return architecture satisfies never;
  }
}

/**
 * Whether every tap of one architecture has a counterpart in the other: the same number of taps,
 * and the same height and width at each. Channels may differ, since a stitch maps any number to any
 * number.
 */
export function tapsCorrespond(a: Architecture, b: Architecture): boolean {
  const tapsB = tapsOf(b);
  const tapsA = tapsOf(a);
  return (
    a.family === b.family &&
    tapsA.length === tapsB.length &&
    tapsA.every(({ height, width, index }) =>
      tapsB.some((tap) => tap.index === index && tap.height === height && tap.width === width),
    )
  );
}

/** The size after a 3×3 convolution of stride 2 with padding 1. */
export function halved({ height, width }: Size): Size {
  return { height: Math.ceil(height / 2), width: Math.ceil(width / 2) };
}

/** The size after max-pooling windows that do not overlap. */
export function pooled({ height, width }: Size, pool: number): Size {
  return { height: Math.floor(height / pool), width: Math.floor(width / pool) };
}

function resnetTaps(architecture: ResNetArchitecture): Tap[] {
  const { width, blocks, expansion = 1, stem } = architecture;
  const input = inputOf(architecture);
  let size: Size = { height: input.height, width: input.width };
  if (stem === "imagenet") size = halved(halved(size));
  const taps: Tap[] = [{ index: 0, name: "stem", ...size, channels: width }];
  blocks.forEach((count, stage) => {
    if (stage > 0) size = halved(size);
    const channels = width * expansion * 2 ** stage;
    for (let block = 0; block < count; block++) {
      taps.push({ index: taps.length, name: `block ${taps.length}`, ...size, channels });
    }
  });
  return taps;
}

function myrtleTaps(architecture: MyrtleArchitecture): Tap[] {
  let size: Size = inputOf(architecture);
  return myrtlePools.map((pool, index) => {
    size = pooled(size, pool);
    const channels = architecture.width * 2 ** index;
    return { index, name: `stage ${index + 1}`, ...size, channels };
  });
}

function vitTaps(architecture: VitArchitecture): Tap[] {
  const shape = { height: 1, width: tokensOf(architecture), channels: architecture.dim };
  return Array.from({ length: architecture.depth + 1 }, (_, index) => ({
    index,
    name: index === 0 ? "embedding" : `block ${index}`,
    ...shape,
  }));
}
