/**
 * Least squares: the least-squares stitches of some sites, scored on a range of the test images.
 */
import * as z from "../../core/schema";
import { similaritySchema } from "../../experiment/report";
import type { LeastSquaresTask } from "../../experiment/plan/task";
import { adapter, bytes, classIndices, scores } from "./fields";
import { bothNetworks, shareAbove, type TaskKind } from "./kind";

const resultSchema = z.strictObject({
  type: z.literal("least-squares"),
  adapter,
  sites: z.array(
    z.discriminatedUnion("outcome", [
      z.strictObject({
        outcome: z.literal("scored"),
        site: z.int().check(z.nonnegative()),
        ...scores,
        r2: z.nullable(z.number()),
        relativeRidge: z.number(),
        condition: z.number(),
        deadChannels: z.int().check(z.nonnegative()),
        /**
         * From older versions, in the first range: similarity of the networks at this site, on the
         * training images; else null.
         */
        similarity: z.nullable(similaritySchema),
      }),
      z.strictObject({
        /** `diverged`: representations or logits are not finite. */
        outcome: z.enum(["singular", "diverged"]),
        site: z.int().check(z.nonnegative()),
        /** For people: what did not vary, or was not finite. */
        found: z.string(),
      }),
    ]),
  ),
});
export type LeastSquaresResult = z.infer<typeof resultSchema>;

export const leastSquares = {
  result: resultSchema,
  checkpoint: z.strictObject({
    type: z.literal("least-squares"),
    /** Images scored. */
    scored: z.int().check(z.nonnegative()),
    /** One for each site that has a stitch; flags of images not scored are 0. */
    wrong: z.array(bytes),
    predicted: z.optional(z.array(classIndices)),
  }),
  networks: bothNetworks,
  images: ({ train, test }) => [train, test],
  sites: ({ asked }) => asked,
  cost: ({ first, end, asked }, siteCount) =>
    (end - first) * asked.reduce((sum, site) => sum + shareAbove(site, siteCount), 1),
} satisfies TaskKind<Omit<LeastSquaresTask, "type">>;
