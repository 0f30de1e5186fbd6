/**
 * What describes an architecture, in files, specs and messages. Without tensors: the page draws a
 * network without loading tfjs.
 */
import * as z from "../schema";

const positive = z.int().check(z.positive());

/** The images that a network reads; absent for CIFAR-10's, 32×32 in three channels. */
const inputSchema = z.optional(
  z.strictObject({ height: positive, width: positive, channels: z.literal([1, 3]) }),
);
export type ImageShape = NonNullable<z.infer<typeof inputSchema>>;

export const usualInput: ImageShape = { height: 32, width: 32, channels: 3 };

/** Absent for ten. */
const classesSchema = z.optional(z.int().check(z.minimum(2), z.maximum(65_535)));
export const usualClasses = 10;

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
    /**
     * What the head reads: the mean over all tokens but the class token, normalised afterwards, as
     * in timm's `global_pool="avg"`; absent for the class token.
     */
    pool: z.optional(z.literal("mean")),
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
