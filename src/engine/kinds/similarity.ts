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
  cost: ({ first, end }) => 2.3 * (end - first),
} satisfies TaskKind<SimilarityTask>;
