/** Fresh top: the layers above a site are trained from scratch on the bottom, and scored. */
import { networkCheckpointSchema } from "../../core/training/checkpoint";
import { lossCurveSchema } from "../../core/stitch/training/loss-curve";
import * as z from "../../core/schema";
import { batchSize } from "../../experiment/protocol";
import { errorByEpochSchema } from "../../experiment/report";
import type { FreshTopTask } from "../../experiment/plan/task";
import { adapter, bytes, scores } from "./fields";
import { bothNetworks, shareAbove, type TaskKind } from "./kind";
import { failureSchema } from "./stitch";

const resultSchema = z.strictObject({
  type: z.literal("fresh-top"),
  adapter,
  ...scores,
  wrong: bytes,
  steps: z.int().check(z.positive()),
  /** Mean cross-entropy over the last epoch, in nats. */
  finalTrainLoss: z.nullable(z.number()),
  lossCurve: lossCurveSchema,
  errorByEpoch: errorByEpochSchema,
  /** Seconds of work. */
  seconds: z.number().check(z.nonnegative()),
});
export type FreshTopResult = z.infer<typeof resultSchema>;

export const freshTop = {
  result: z.discriminatedUnion("type", [resultSchema, failureSchema]),
  failure: "stitch-failure",
  checkpoint: z.strictObject({
    type: z.literal("fresh-top"),
    training: networkCheckpointSchema,
    lossCurve: lossCurveSchema,
    /** Sum of the losses of the epoch under way, in nats. */
    epochLoss: z.number(),
    /** Mean loss of the epoch before, in nats; null in the first one. */
    meanLoss: z.nullable(z.number()),
    errorByEpoch: errorByEpochSchema,
    /** Seconds of work so far. */
    seconds: z.number().check(z.nonnegative()),
  }),
  networks: bothNetworks,
  images: ({ train, test }) => [train, test],
  cost({ site, train, test, epochs }, siteCount) {
    const share = shareAbove(site, siteCount);
    const images = Math.floor(train.count / batchSize) * batchSize * epochs;
    // Forward, and both gradients of each layer above.
    return images * (1 - share + 3 * share) + test.count;
  },
} satisfies TaskKind<FreshTopTask>;
