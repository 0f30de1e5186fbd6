import { afterEach, beforeEach, expect, test } from "vitest";
import { imageBatch } from "../../../../src/core/data/images";
import { momentsOf } from "../../../../src/core/closed-form/batch-sums";
import type { FrozenNetwork } from "../../../../src/core/nets/network";
import type { AffineMap } from "../../../../src/core/stitch/affine-map";
import { deviceStitch } from "../../../../src/core/stitch/device-stitch";
import { channelsInPlace } from "../../../../src/core/stitch/families/channel-maps";
import { leastSquares } from "../../../../src/core/stitch/families/least-squares";
import type { Moments } from "../../../../src/core/stitch/moments";
import { distanceObjective } from "../../../../src/core/stitch/refinement/objective";
import { departureOf, type Departure } from "../../../../src/core/stitched/departure";
import { tf } from "../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../backend";
import { randomImages, tinyNetwork } from "../../fixtures";

const site = 1;
const images = randomImages(60);
const rows = 16;
const all = Uint32Array.from({ length: images.count }, (_, k) => k);

describeOnEachBackend("a stitched network's departure", () => {
  let bottom: FrozenNetwork;
  let top: FrozenNetwork;
  let moments: Moments;

  beforeEach(async () => {
    bottom = tinyNetwork("tiny-b");
    top = tinyNetwork("tiny-a");
    const batch = imageBatch(images, all);
    const [x, y] = [bottom.bottom(batch, site), top.bottom(batch, site)];
    moments = await momentsOf(x, y);
    tf.dispose([batch, x, y]);
  });
  afterEach(() => {
    bottom.dispose();
    top.dispose();
  });

  async function departure(from: FrozenNetwork, map: AffineMap): Promise<Departure> {
    const stitch = deviceStitch(map);
    const setting = { fit: images, test: images, rows };
    const once = async (): Promise<Departure> => {
      for await (const event of departureOf({ bottom: from, top }, site, stitch, setting)) {
        if (event.departure) return event.departure;
      }
      throw new Error("it ended without a departure");
    };
    const first = await once();
    // Networks keep what they make at their first pass.
    const before = tf.memory().numTensors;
    expect(await once()).toEqual(first);
    expect(tf.memory().numTensors).toBe(before);
    stitch.dispose();
    return first;
  }

  test("of a copy is none: no distance at any tap, a twentieth of the images outside", async () => {
    const channels = top.taps[site]?.channels ?? 0;
    const { distances, ...outside } = await departure(top, channelsInPlace(channels, channels));
    expect(distances).toEqual(top.taps.slice(site).map(() => 0));
    expect(outside).toEqual({ outsideAtSite: 0.05, outsideAtPenultimate: 0.05 });
  });

  test("of a stitch that gives the top's mean is 1 at the site", async () => {
    const mean = { weight: new Float64Array(moments.xy.length), bias: moments.meanY };
    const { distances } = await departure(bottom, mean);
    expect(distances[0]).toBeCloseTo(1, 4);
  });

  test("of a stitch far from the top's distribution is seen at the site", async () => {
    const fit = leastSquares(moments);
    const deviations = moments.meanY.map((_, j) =>
      Math.sqrt((moments.yy[j * (moments.meanY.length + 1)] ?? NaN) / moments.count),
    );
    const far = { ...fit, bias: fit.bias.map((b, j) => b + 20 * (deviations[j] ?? NaN)) };
    const { outsideAtSite } = await departure(bottom, far);
    expect(outsideAtSite).toBe(1);
  });

  test("adds up to the loss of functional stitching, whose witness is PyTorch", async () => {
    const map = leastSquares(moments);
    const { distances } = await departure(bottom, map);
    const fits = { rows, fit: images.count };
    const objective = await distanceObjective("functional", images, top, site, fits);
    const stitch = deviceStitch(map);
    const losses = tf.tidy(() => {
      const batch = imageBatch(images, all);
      return objective.scores(stitch.apply(bottom.bottom(batch, site)), batch).losses;
    });
    const values = await losses.data<"float32">();
    tf.dispose([losses]);
    stitch.dispose();
    const mean = values.reduce((sum, loss) => sum + loss, 0) / values.length;
    expect(distances).toHaveLength(top.taps.length - site);
    expect(distances.reduce<number>((sum, distance) => sum + (distance ?? NaN), 0)).toBeCloseTo(
      mean,
      4,
    );
  });
});
