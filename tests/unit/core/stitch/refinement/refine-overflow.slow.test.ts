import { expect, test } from "vitest";
import type { ImageSet } from "../../../../../src/core/data/image-set";
import { imageBatch } from "../../../../../src/core/data/images";
import { momentsOf } from "../../../../../src/core/closed-form/batch-sums";
import { frozenNetwork, type FrozenNetwork } from "../../../../../src/core/nets/network";
import { leastSquares } from "../../../../../src/core/stitch/families/least-squares";
import {
  refineStitch,
  type RefinementEvent,
} from "../../../../../src/core/stitch/refinement/refine";
import { tf } from "../../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../../backend";
import { randomImages } from "../../../fixtures";
import { randomState, scaled } from "../../weights/network-files";

const architecture = { family: "myrtle", width: 4 } as const;
const images: ImageSet = randomImages(40);
const tap = 0;

/** @param by what everything above the tap is multiplied by */
function topScaled(by: number): FrozenNetwork {
  return frozenNetwork(scaled(randomState(architecture), /^conv[234]\.weight$/, by), architecture);
}

async function eventsWith(top: FrozenNetwork): Promise<RefinementEvent[]> {
  const bottom = frozenNetwork(randomState(architecture, 2), architecture);
  const all = imageBatch(images, Uint32Array.from(images.labels.keys()));
  const [x, y] = [bottom.bottom(all, tap), top.bottom(all, tap)];
  const moments = await momentsOf(x, y);
  tf.dispose([all, x, y]);
  const start = leastSquares(moments);
  const plan = { start, moments, bottom, top, tap, images, epochs: 1, batchSize: 4, seed: 1 };
  const events: RefinementEvent[] = [];
  for await (const event of refineStitch(plan)) events.push(event);
  bottom.dispose();
  return events;
}

describeOnEachBackend("refinement above a top that overflows", () => {
  test.each([
    { what: "gradients", by: 1e7, found: "gradients too large for float32" },
    { what: "logits", by: 1e13, found: "gradients too large for float32" },
  ])("ends as diverged before its first step where $what do", async ({ by, found }) => {
    const top = topScaled(by);
    const events = await eventsWith(top);
    expect(events).toEqual([{ type: "diverged", found }]);
    top.dispose();
  });

  test("ends with a stitch where nothing does", async () => {
    const top = topScaled(1);
    const events = await eventsWith(top);
    expect(events.at(-1)?.type).toBe("done");
    top.dispose();
  });
});
