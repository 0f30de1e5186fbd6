/** Closed form: the moments of a range of the training images. */
import type { ClosedFormSums } from "../../core/similarity/sums";
import * as z from "../../core/schema";
import type { ClosedFormTask } from "../../experiment/plan/task";
import { adapter, doubles } from "./fields";
import { bothNetworks, type TaskKind } from "./kind";

/** Infinite or NaN where representations overflow: they then have no similarity. */
const anyNumber = z.custom<number>((value) => typeof value === "number");

const hsicSchema = z.strictObject({ xy: anyNumber, xx: anyNumber, yy: anyNumber });

const sumsSchema = z.strictObject({
  moments: z.strictObject({
    count: z.number(),
    meanX: doubles,
    meanY: doubles,
    xx: doubles,
    xy: doubles,
    yy: doubles,
  }),
  hsic: hsicSchema,
  biasedHsic: hsicSchema,
  rbfHsic: hsicSchema,
  neighbours: z.strictObject({ shared: z.number(), images: z.int().check(z.nonnegative()) }),
  cknna: z.optional(hsicSchema),
  permuted: z.optional(
    z.strictObject({
      hsic: doubles,
      biasedHsic: doubles,
      rbfHsic: doubles,
      shared: doubles,
      cknna: doubles,
    }),
  ),
}) satisfies z.ZodMiniType<ClosedFormSums>;

/**
 * By site; null at those that were not asked for. Gram sums of closed-form results are `noGrams`,
 * but for those of older versions.
 */
export const sumsBySite = z.array(z.nullable(sumsSchema));

const resultSchema = z.strictObject({ type: z.literal("closed-form"), adapter, sums: sumsBySite });
export type ClosedFormResult = z.infer<typeof resultSchema>;

export const closedForm = {
  result: resultSchema,
  checkpoint: z.strictObject({
    type: z.literal("closed-form"),
    /** Images passed. */
    passed: z.int().check(z.nonnegative()),
    sums: sumsBySite,
  }),
  networks: bothNetworks,
  images: ({ images }) => [images],
  cost: ({ first, end }) => 2 * (end - first),
} satisfies TaskKind<ClosedFormTask>;
