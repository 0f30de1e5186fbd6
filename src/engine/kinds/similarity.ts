/** Similarity: what the measures of similarity need, summed over a range of images. */
import * as z from "../../core/schema";
import type { SimilarityTask } from "../../experiment/plan/task";
import { sumsBySite } from "./closed-form";
import { adapter } from "./fields";
import { bothNetworks, type TaskKind } from "./kind";

const resultSchema = z.strictObject({ type: z.literal("similarity"), adapter, sums: sumsBySite });
export type SimilarityResult = z.infer<typeof resultSchema>;

export const similarity = {
  result: resultSchema,
  checkpoint: z.strictObject({
    type: z.literal("similarity"),
    /** Images passed. */
    passed: z.int().check(z.nonnegative()),
    sums: sumsBySite,
  }),
  networks: bothNetworks,
  images: ({ images }) => [images],
  // Permutations: a ninth of a pass at every tap of a ResNet-18 of width 16, for 200 of them.
  cost: ({ first, end, permutations = 0 }) => (2.3 + permutations / 800) * (end - first),
} satisfies TaskKind<SimilarityTask>;
