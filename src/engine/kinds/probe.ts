/** Probe: a linear classifier of one network's representation at a tap. */
import * as z from "../../core/schema";
import type { ProbeTask } from "../../experiment/plan/task";
import { adapter, bytes } from "./fields";
import type { TaskKind } from "./kind";

const resultSchema = z.strictObject({
  type: z.literal("probe"),
  adapter,
  /** Null where representations are not finite, and there is nothing to fit. */
  probe: z.nullable(
    z.strictObject({
      /** Numbers that it reads of an image. */
      features: z.int().check(z.positive()),
      /** Training images that it is fitted to. */
      trainImages: z.int().check(z.positive()),
      /** [n] 1 where a test image is classified wrongly, else 0. */
      wrong: bytes,
      errorByRank: z.array(z.number().check(z.minimum(0), z.maximum(1))),
    }),
  ),
});
export type ProbeTaskResult = z.infer<typeof resultSchema>;

/** Time of the fit, in forward passes of a training image. */
const fitCost = 0.5;

export const probe = {
  result: resultSchema,
  // It is short, and starts again.
  checkpoint: z.strictObject({ type: z.literal("probe") }),
  networks: ({ model }) => [model],
  images: ({ train, test }) => [train, test],
  cost: ({ tap, train, test }, siteCount) =>
    ((tap + 1) / (siteCount + 1)) * (train.count + test.count) + fitCost * train.count,
} satisfies TaskKind<ProbeTask>;
