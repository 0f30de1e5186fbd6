/**
 * Family: the stitches of a family in closed form at some sites, scored on a range of the test
 * images.
 */
import * as z from "../../core/schema";
import type { FamilyTask } from "../../experiment/plan/task";
import { adapter, scores } from "./fields";
import type { TaskKind } from "./kind";
import { leastSquares } from "./least-squares";

const resultSchema = z.strictObject({
  type: z.literal("family"),
  adapter,
  sites: z.array(
    z.discriminatedUnion("outcome", [
      z.strictObject({
        outcome: z.literal("scored"),
        site: z.int().check(z.nonnegative()),
        ...scores,
        r2: z.nullable(z.number()),
      }),
      z.strictObject({
        outcome: z.enum(["singular", "diverged", "no-such-stitch"]),
        site: z.int().check(z.nonnegative()),
        /** For people: what did not vary, did not fit, or was not finite. */
        found: z.string(),
      }),
    ]),
  ),
});
export type FamilyResult = z.infer<typeof resultSchema>;

export const family = {
  // Also one pass that scores stitches at several sites: the same inputs, checkpoint and cost.
  ...leastSquares,
  result: resultSchema,
} satisfies TaskKind<FamilyTask>;
