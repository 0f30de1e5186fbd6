/** Departure: how far what a stitch gives, and the top makes of it, lies from what the top has. */
import * as z from "../../core/schema";
import { departureSchema } from "../../experiment/departure";
import type { DepartureTask } from "../../experiment/plan/task";
import { adapter } from "./fields";
import { bothNetworks, type TaskKind } from "./kind";
import type { scorableSchema } from "./scoring";

const resultSchema = z.strictObject({
  type: z.literal("departure"),
  adapter,
  departure: departureSchema,
});
export type DepartureResult = z.infer<typeof resultSchema>;

/** What a worker is ordered to do: the task, with its stitch. */
export interface DepartureOrder extends DepartureTask {
  /** Null for a stitch in closed form, which follows from the sums. */
  readonly trained: z.infer<typeof scorableSchema> | null;
}

export const departure = {
  result: resultSchema,
  // It is short, and starts again.
  checkpoint: z.strictObject({ type: z.literal("departure") }),
  networks: bothNetworks,
  images: ({ fit, test, stitch }) => [fit, test, ...("train" in stitch ? [stitch.train] : [])],
  sites: ({ site, stitch }) => (stitch.type === "stitch" ? [] : [site]),
  // A passes both, and the stitched network one of them.
  cost: ({ fit, test }) => fit.count + 2 * test.count,
} satisfies TaskKind<DepartureTask>;
