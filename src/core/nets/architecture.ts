/**
 * Which architectures there are, and where their taps lie. Pure description: no tensors here, so the
 * page can draw a network without loading tfjs.
 */
import { z } from "zod";

/** Square RGB images of CIFAR's size are what every network here reads. */
export const imageSide = 32;
export const imageChannels = 3;

/** ResNet for CIFAR with basic blocks (He et al. 2016): 3×3 stem, no max-pool, four stages. */
const resnetSchema = z.strictObject({
  family: z.literal("resnet"),
  /** Basic blocks in each of the four stages; [2, 2, 2, 2] is ResNet-18. */
  blocks: z.tuple([z.int().positive(), z.int().positive(), z.int().positive(), z.int().positive()]),
  /** Filters in the first stage; doubled at each later one. */
  width: z.int().positive(),
});

/** The five-layer CNN of Bansal, Nakkiran & Barak 2021. */
const myrtleSchema = z.strictObject({
  family: z.literal("myrtle"),
  width: z.int().positive(),
});

export const architectureSchema = z.discriminatedUnion("family", [resnetSchema, myrtleSchema]);
export type Architecture = z.infer<typeof architectureSchema>;
export type ResNetArchitecture = z.infer<typeof resnetSchema>;
export type MyrtleArchitecture = z.infer<typeof myrtleSchema>;

/** A named point between layers where a representation can be read or replaced. */
export interface Tap {
  /** Position among the taps, from 0 at the input's side. */
  readonly index: number;
  readonly name: string;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** A bottom tap and the top tap that it is fed into. */
export interface Cell {
  readonly bottomTap: number;
  readonly topTap: number;
}

/** Max-pooling after each of the five-layer CNN's four stages (Nakkiran et al. 2020, appendix B). */
export const myrtlePools = [1, 2, 2, 8] as const;

/** Every tap of an architecture, from the input to the output. */
export function tapsOf(architecture: Architecture): Tap[] {
  switch (architecture.family) {
    case "resnet":
      return resnetTaps(architecture);
    case "myrtle":
      return myrtleTaps(architecture);
    default:
      return architecture satisfies never;
  }
}

/** The name people know an architecture by: "ResNet-18, 16 filters". */
export function architectureName(architecture: Architecture): string {
  const filters = `${String(architecture.width)} filters`;
  switch (architecture.family) {
    case "resnet": {
      const depth = 2 + 2 * architecture.blocks.reduce((sum, count) => sum + count, 0);
      return `ResNet-${String(depth)}, ${filters}`;
    }
    case "myrtle":
      return `Five-layer CNN, ${filters}`;
    default:
      return architecture satisfies never;
  }
}

/**
 * True when every tap of one has a counterpart in the other at the same place: the same number of
 * taps, and the same height and width at each. Channels may differ, since a stitch maps any number
 * to any number.
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

function resnetTaps({ blocks, width }: ResNetArchitecture): Tap[] {
  const side = imageSide;
  const taps: Tap[] = [{ index: 0, name: "stem", height: side, width: side, channels: width }];
  blocks.forEach((count, stage) => {
    for (let block = 0; block < count; block++) {
      const stageSide = side / 2 ** stage;
      taps.push({
        index: taps.length,
        name: `block ${String(taps.length)}`,
        height: stageSide,
        width: stageSide,
        channels: width * 2 ** stage,
      });
    }
  });
  return taps;
}

function myrtleTaps({ width }: MyrtleArchitecture): Tap[] {
  let side = imageSide;
  return myrtlePools.map((pool, index) => {
    side /= pool;
    return {
      index,
      name: `stage ${String(index + 1)}`,
      height: side,
      width: side,
      channels: width * 2 ** index,
    };
  });
}
