import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "../../../../src/core/schema";
import { imageBatch } from "../../../../src/core/data/images";
import { networksAtSites } from "../../../../src/core/nets/sites";
import { passageOf, softmax } from "../../../../src/core/stitched/passage";
import { deviceStitch } from "../../../../src/core/stitch/device-stitch";
import { channelsInPlace } from "../../../../src/core/stitch/families/channel-maps";
import { tf, type Tensor4D } from "../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../backend";
import { cifarImages, fixture, tinyNetwork, weightsSchema } from "../../fixtures";
import { largestDifference } from "../numbers";

const { networks: references } = fixture(
  "logits",
  z.object({ networks: z.array(z.extend(weightsSchema, { logits: z.array(z.number()) })) }),
);
const image = 5;

/** PyTorch's probabilities for the image. */
function reference(id: string): Float32Array {
  const logits = references.find((network) => network.id === id)?.logits ?? [];
  return softmax(logits.slice(10 * image, 10 * (image + 1)));
}

describeOnEachBackend("the passage of an image", () => {
  const top = (): ReturnType<typeof tinyNetwork> => tinyNetwork("tiny-a");
  let batch: Tensor4D;
  beforeAll(() => {
    batch = imageBatch(cifarImages("test", image + 1), Uint32Array.of(image));
  });
  afterAll(() => batch.dispose());

  test("through a network stitched to itself by the identity gives PyTorch's answer", async () => {
    const network = top();
    const before = tf.memory().numTensors;
    for (const { index, channels } of network.taps) {
      const stitch = deviceStitch(channelsInPlace(channels, channels));
      const passage = await passageOf({ bottom: network, top: network }, index, stitch, batch);
      const { probabilities, own, stitched, bottom } = passage;
      expect(stitched).toEqual(own);
      expect(bottom).toEqual(own);
      expect(probabilities.stitched).toEqual(probabilities.top);
      expect(largestDifference(probabilities.stitched, reference("tiny-a"))).toBeLessThan(1e-4);
      stitch.dispose();
    }
    // Packed kernels are made at their first use, and stay with their network.
    const once = tf.memory().numTensors;
    const stitch = deviceStitch(channelsInPlace(4, 4));
    await passageOf({ bottom: network, top: network }, 0, stitch, batch);
    stitch.dispose();
    expect(tf.memory().numTensors).toBe(once);
    expect(once).toBeGreaterThanOrEqual(before);
    network.dispose();
  });

  test("shows tokens as a map of patches, without the class token", async () => {
    const network = tinyNetwork("tiny-vit-a");
    const [tap] = network.taps;
    const stitch = deviceStitch(channelsInPlace(tap?.channels ?? 0, tap?.channels ?? 0));
    const { own, probabilities } = await passageOf(
      { bottom: network, top: network },
      0,
      stitch,
      batch,
    );
    expect(own.height * own.width + 1).toBe(tap?.width);
    const tokens = network.bottom(batch, 0);
    const values = await tokens.data();
    // The second patch of the first channel is the third token.
    expect(own.values[1]).toBe(values[2 * own.channels]);
    expect(largestDifference(probabilities.top, reference("tiny-vit-a"))).toBeLessThan(1e-4);
    stitch.dispose();
    tokens.dispose();
    network.dispose();
  });

  test("brings B's representation to the size of A's tap", async () => {
    const network = top();
    const pair = networksAtSites(network, network, [{ bottomTap: 1, topTap: 4 }]);
    const channels = [1, 4].map((tap) => network.taps[tap]?.channels ?? 0);
    const stitch = deviceStitch(channelsInPlace(channels[0] ?? 0, channels[1] ?? 0));
    const { bottom, own } = await passageOf(pair, 0, stitch, batch);
    expect(bottom).toMatchObject({
      channels: channels[0],
      height: own.height,
      width: own.width,
    });
    stitch.dispose();
    network.dispose();
  });
});
