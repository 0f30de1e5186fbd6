/** Baseline: the test error of one network. */
import * as z from "../../core/schema";
import type { BaselineTask } from "../../experiment/plan/task";
import { adapter, scores } from "./fields";
import type { TaskKind } from "./kind";
import { scoringCheckpointSchema } from "./scoring";

const resultSchema = z.strictObject({ type: z.literal("baseline"), adapter, ...scores });
export type BaselineResult = z.infer<typeof resultSchema>;

export const baseline = {
  result: resultSchema,
  checkpoint: scoringCheckpointSchema,
  networks: ({ model }) => [model],
  images: ({ images }) => [images],
  cost: ({ images }) => images.count,
} satisfies TaskKind<BaselineTask>;
