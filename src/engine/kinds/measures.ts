/** Measures: every measure of similarity at some sites. Its decompositions would block the host. */
import * as z from "../../core/schema";
import { similarityNullSchema, similaritySchema } from "../../experiment/report";
import type { MeasuresTask } from "../../experiment/plan/task";
import { adapter } from "./fields";
import type { TaskKind } from "./kind";

/** In the task's order. */
const sites = z.array(
  z.strictObject({
    site: z.int().check(z.nonnegative()),
    similarity: similaritySchema,
    similarityNull: z.optional(similarityNullSchema),
  }),
);

const resultSchema = z.strictObject({ type: z.literal("measures"), adapter, sites });
export type MeasuresResult = z.infer<typeof resultSchema>;

export const measures = {
  result: resultSchema,
  /** Sites that are done. */
  checkpoint: z.strictObject({ type: z.literal("measures"), sites }),
  // Nothing is read: the sums come with the task.
  networks: () => [],
  images: () => [],
  sites: ({ asked }) => asked,
  cost: ({ asked }) => 10 * asked.length,
} satisfies TaskKind<MeasuresTask>;
