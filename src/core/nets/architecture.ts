/**
 * Architectures and the positions of their taps. Pure description without tensors: the page draws a
 * network without loading tfjs.
 */
import * as z from "../schema";

const positive = z.int().check(z.positive());

/** The images that a network reads; absent for CIFAR-10's, 32×32 in three channels. */
const inputSchema = z.optional(
  z.strictObject({ height: positive, width: positive, channels: z.literal([1, 3]) }),
);
export type ImageShape = NonNullable<z.infer<typeof inputSchema>>;

const usualInput: ImageShape = { height: 32, width: 32, channels: 3 };

/** Absent for ten. */
const classesSchema = z.optional(z.int().check(z.minimum(2), z.maximum(65_535)));
const usualClasses = 10;

/**
 * Whether the last layer, which answers, is missing, as in the trunk of a self-supervised network;
 * absent where it is there.
 */
const headSchema = z.optional(z.literal("none"));

/**
 * ResNet (He et al. 2016): three stages as in the paper's section 4.2 or the four of ResNet-18 and
 * ResNet-50.
 */
const resnetSchema = z.strictObject({
  family: z.literal("resnet"),
  /** Blocks in each stage; [2, 2, 2, 2] is ResNet-18, [9, 9, 9] is ResNet-56. */
  blocks: z.array(positive).check(z.minLength(3), z.maxLength(4)),
  /** Filters in the first stage; doubled at each later one. */
  width: positive,
  /**
   * How many times more filters the last convolution of a bottleneck has, 4 in ResNet-50; absent
   * for basic blocks of two convolutions.
   */
  expansion: z.optional(positive),
  /** A 7×7 convolution of stride 2 and max-pooling; absent for CIFAR's 3×3 convolution. */
  stem: z.optional(z.literal("imagenet")),
  input: inputSchema,
  classes: classesSchema,
  head: headSchema,
});

/**
 * Max-pooling after each of the five-layer CNN's four stages (Nakkiran et al. 2020, appendix B).
 */
export const myrtlePools = [1, 2, 2, 8] as const;
const pooledAway = myrtlePools.reduce<number>((product, pool) => product * pool, 1);

/** The five-layer CNN of Bansal, Nakkiran & Barak 2021. */
const myrtleSchema = z
  .strictObject({
    family: z.literal("myrtle"),
    width: positive,
    input: inputSchema,
    classes: classesSchema,
  })
  .check(
    z.refine(({ input = usualInput }) => Math.min(input.height, input.width) >= pooledAway, {
      error: `images of ${pooledAway} × ${pooledAway} pixels or more`,
    }),
  );

/**
 * Vision Transformer with a class token, pre-norm blocks and learned positions (Dosovitskiy et al.
 * 2021).
 */
const vitSchema = z
  .strictObject({
    family: z.literal("vit"),
    /** Numbers in a token. */
    dim: positive,
    /** Blocks. */
    depth: positive,
    /** Attention heads in each block. */
    heads: positive,
    /** Side of a patch, in pixels. */
    patch: positive,
    input: inputSchema,
    classes: classesSchema,
    head: headSchema,
  })
  .check(
    z.refine(({ dim, heads }) => dim % heads === 0, { error: "heads that divide dim" }),
    z.refine(
      ({ patch, input: { height, width } = usualInput }) =>
        height % patch === 0 && width % patch === 0,
      { error: "a patch whose side divides the image's" },
    ),
  );

/** A graph of operators from an ONNX file; its taps were found when it was read. */
const graphSchema = z.strictObject({
  family: z.literal("graph"),
  input: inputSchema,
  classes: classesSchema,
  taps: z
    .array(
      z.strictObject({
        /** The value of the graph. */
        value: z.string(),
        /** The module whose output it is. */
        name: z.string(),
        height: positive,
        width: positive,
        channels: positive,
      }),
    )
    .check(z.minLength(1)),
});

export const architectureSchema = z.discriminatedUnion("family", [
  resnetSchema,
  myrtleSchema,
  vitSchema,
  graphSchema,
]);
export type Architecture = z.infer<typeof architectureSchema>;
export type ResNetArchitecture = z.infer<typeof resnetSchema>;
export type MyrtleArchitecture = z.infer<typeof myrtleSchema>;
export type VitArchitecture = z.infer<typeof vitSchema>;
export type GraphArchitecture = z.infer<typeof graphSchema>;

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

/**
 * Hidden width of a Vision Transformer's MLP divided by the token's width. Dosovitskiy et al. 2021,
 * table 1.
 */
export const mlpExpansion = 4;

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

/** Whether a network answers; without a head it can only be a bottom. */
export function hasHead(architecture: Architecture): boolean {
  return !("head" in architecture) || architecture.head !== "none";
}

/** Number of classes of a network with a head. */
export function classesOf({ classes = usualClasses }: Architecture): number {
  return classes;
}

/** The architecture with a head of so many classes, whether it has one or not. */
export function withClasses(architecture: Architecture, classes: number): Architecture {
  if (!("head" in architecture)) return { ...architecture, classes };
  const { head: _, ...trunk } = architecture;
  return { ...trunk, classes };
}

/** The images that a network reads. */
export function inputOf({ input = usualInput }: Architecture): ImageShape {
  return input;
}

/** Whether two networks read images of the same shape. */
export function readSameImages(a: Architecture, b: Architecture): boolean {
  return imageShapeText(inputOf(a)) === imageShapeText(inputOf(b));
}

/** "32 × 32 pixels in 3 channels", height first */
export function imageShapeText({ height, width, channels }: ImageShape): string {
  return `${height} × ${width} pixels in ${channels} ${channels === 1 ? "channel" : "channels"}`;
}

/** The fields that say what a network reads and answers; none for CIFAR-10's. */
export function inputAndClasses(
  input: ImageShape,
  classes: number,
): { input?: ImageShape; classes?: number } {
  const { height, width, channels } = usualInput;
  const isUsual = input.height === height && input.width === width && input.channels === channels;
  return { ...(!isUsual && { input }), ...(classes !== usualClasses && { classes }) };
}

/** Number of tokens of a Vision Transformer: one per patch and the class token. */
export function tokensOf(architecture: VitArchitecture): number {
  const { height, width } = inputOf(architecture);
  return 1 + (height / architecture.patch) * (width / architecture.patch);
}

/** The usual name of an architecture: "ResNet-18, 16 filters", "ViT, 6 blocks of 192". */
export function architectureName(architecture: Architecture): string {
  const answers = answersText(architecture);
  switch (architecture.family) {
    case "resnet": {
      // Two or three convolutions a block, the stem and the linear layer. He et al. 2016, table 1.
      const each = architecture.expansion === undefined ? 2 : 3;
      const depth = 2 + each * architecture.blocks.reduce((sum, count) => sum + count, 0);
      return `ResNet-${depth}, ${architecture.width} filters${answers}`;
    }
    case "myrtle":
      return `Five-layer CNN, ${architecture.width} filters${answers}`;
    case "vit": {
      const { depth, dim } = architecture;
      return `ViT, ${depth} ${depth === 1 ? "block" : "blocks"} of ${dim}${answers}`;
    }
    case "graph":
      return `ONNX network, ${architecture.taps.length} layers${answers}`;
    default:
      return architecture satisfies never;
  }
}

function answersText(architecture: Architecture): string {
  if (!hasHead(architecture)) return ", no head";
  const classes = classesOf(architecture);
  return classes === usualClasses ? "" : `, ${classes} classes`;
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
