/** Measures how far one stitch's network departs from what the top has itself. */
import { departureOf } from "../../../core/stitched/departure";
import {
  deviceStitch,
  stitchOnDevice,
  type DeviceStitch,
} from "../../../core/stitch/device-stitch";
import { leastSquares } from "../../../core/stitch/families/least-squares";
import { batchSize } from "../../../experiment/protocol";
import type { DepartureOrder } from "../../kinds/departure";
import type { CheckpointOf } from "../../kinds/registry";
import type { TaskEvent } from "../../messages";
import { fitOf } from "../../family-fit";
import { departureRows } from "./batch-room";
import { firstImages, loadPair, missingSums, type Executor, type ExecutorDeps } from "./executor";

export const departure = {
  resumesFrom: "departure",
  execute,
  images: ({ fit, test }) => [fit, test],
  loadNetworks: loadPair,
  shortened: (task) => ({
    ...task,
    fit: firstImages(batchSize, task.fit),
    test: firstImages(batchSize, task.test),
  }),
  // No shader depends on the stitch's numbers, and comparing them would be slow.
  shapes: ({ stitch: _, trained, ...task }) => ({
    ...task,
    side: trained?.kind === "parameters" ? (trained.parameters.side ?? 1) : 1,
  }),
} satisfies Executor<DepartureOrder>;

async function* execute(
  order: DepartureOrder,
  _from: CheckpointOf<"departure"> | undefined,
  deps: ExecutorDeps,
): AsyncGenerator<TaskEvent> {
  const { context } = deps;
  const { site } = order;
  const pair = await context.pair(order);
  const [fit, test] = [await context.images(order.fit), await context.images(order.test)];
  const name = pair.top.taps[site]?.name ?? `tap ${site}`;
  const stitch = onDevice(order, deps);
  try {
    const rows = departureRows(pair, site, test, context);
    for await (const event of departureOf(pair, site, stitch, { fit, test, rows })) {
      yield {
        type: "step",
        fraction: event.fraction,
        activity: `${name}: distance from the top’s own representations`,
        checkpoint: () => Promise.resolve({ type: "departure" }),
      };
      if (!event.departure) continue;
      const { distances, ...outside } = event.departure;
      const found = { images: test.count, ...outside, distances: [...distances] };
      yield { type: "result", result: { type: "departure", departure: found } };
    }
  } finally {
    stitch.dispose();
  }
}

function onDevice({ stitch, trained }: DepartureOrder, { sums }: ExecutorDeps): DeviceStitch {
  if (trained?.kind === "affine") return deviceStitch(trained);
  if (trained) return stitchOnDevice(trained.parameters);
  const moments = sums[0]?.moments;
  if (!moments) throw missingSums();
  return deviceStitch(
    stitch.type === "family" ? fitOf(stitch.family, moments) : leastSquares(moments),
  );
}
