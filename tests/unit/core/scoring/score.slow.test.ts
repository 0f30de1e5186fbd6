import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "../../../../src/core/schema";
import { imageBatch } from "../../../../src/core/data/images";
import { withoutClass } from "../../../../src/core/data/form";
import { frozenNetwork, type FrozenNetwork } from "../../../../src/core/nets/network";
import {
  scoreNetwork,
  scoreStitches,
  type ScoringEvent,
  type WrongFlags,
} from "../../../../src/core/scoring/score";
import { errorOf } from "../../../../src/core/scoring/penalty";
import { deviceStitch } from "../../../../src/core/stitch/device-stitch";
import { identityStart, toAffine } from "../../../../src/core/stitch/parameters";
import { tf } from "../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../backend";
import { randomState, scaled } from "../weights/network-files";
import {
  cifarImages,
  fixture,
  networkOf,
  tinyNetwork,
  weightsSchema,
  randomImages,
} from "../../fixtures";

const images = randomImages(11);

/** PyTorch's share of test images that each network gets wrong, in its own classes. */
const reference = fixture(
  "logits",
  z.object({
    images: z.int(),
    networks: z.array(z.extend(weightsSchema, { error: z.number() })),
  }),
);
const tiny = reference.networks.filter(({ id }) => id.startsWith("tiny-"));

async function last(events: AsyncGenerator<ScoringEvent>): Promise<readonly WrongFlags[]> {
  let wrong: readonly WrongFlags[] = [];
  for await (const event of events) ({ wrong } = event);
  return wrong;
}

describeOnEachBackend("scoring", () => {
  let network: FrozenNetwork;
  beforeAll(() => {
    network = tinyNetwork("tiny-a");
  });
  afterAll(() => network.dispose());

  test("flags the images whose largest logit is not their label's", async () => {
    const [wrong] = await last(scoreNetwork(network, images, 11));
    const batch = imageBatch(images, Uint32Array.from(images.labels.keys()));
    const logits = tf.tidy(() => network.logits(batch).arraySync());
    const expected = logits.map((row, image) =>
      row.indexOf(Math.max(...row)) === images.labels[image] ? 0 : 1,
    );
    expect([...(wrong ?? [])]).toEqual(expected);
    batch.dispose();
  });

  test.each(tiny)("finds PyTorch's error of $id", async ({ error, ...weights }) => {
    const one = networkOf(weights);
    const [wrong] = await last(scoreNetwork(one, cifarImages("test", reference.images), 32));
    expect(errorOf(wrong ?? new Uint8Array()).value).toBe(error);
    one.dispose();
  });

  test("of a stitch predicts its top's classes", async () => {
    const [bottom, top] = [tinyNetwork("tiny-a"), tinyNetwork("tiny-animals")];
    // No position gets anything of the image: the top answers one and the same, to all of them.
    const blind = { weight: new Float64Array(16), bias: new Float64Array(4) };
    const stitch = deviceStitch(blind);
    const [wrong] = await last(scoreStitches(bottom, top, 1, [stitch], images, 4));
    const animals = [...images.labels].map((label) => (label >= 2 && label <= 7 ? 1 : 0));
    const objects = animals.map((animal) => 1 - animal);
    expect([animals, objects]).toContainEqual([...(wrong ?? [])]);
    stitch.dispose();
    bottom.dispose();
    top.dispose();
  });

  test("gives the same flags whatever the batches, padding and all", async () => {
    const [whole] = await last(scoreNetwork(network, images, 11));
    expect(await last(scoreNetwork(network, images, 4))).toEqual([whole]);
    expect(await last(scoreNetwork(network, images, 128))).toEqual([whole]);
  });

  test("of the identity at every tap gives the network's own flags", async () => {
    const own = await last(scoreNetwork(network, images, 4));
    for (const { index, channels } of network.taps) {
      const stitch = deviceStitch(toAffine(identityStart(channels)));
      const wrong = await last(scoreStitches(network, network, index, [stitch], images, 4));
      expect(wrong).toEqual(own);
      stitch.dispose();
    }
  });

  test("of several stitches gives each the flags that it has alone", async () => {
    const affine = toAffine(identityStart(4));
    const stitches = [affine, { ...affine, bias: affine.bias.map(() => 50) }].map(deviceStitch);
    const together = await last(scoreStitches(network, network, 1, stitches, images, 4));
    expect(together).toHaveLength(2);
    for (const [k, stitch] of stitches.entries()) {
      const alone = await last(scoreStitches(network, network, 1, [stitch], images, 4));
      expect(alone).toEqual([together[k]]);
      stitch.dispose();
    }
  });

  test("reports the predicted class of each image, also after resuming", async () => {
    const events: ScoringEvent[] = [];
    for await (const event of scoreNetwork(network, images, 4)) events.push(structuredClone(event));
    const whole = events.at(-1);
    const right = whole?.predicted?.[0]?.map((answer, k) => (answer === images.labels[k] ? 0 : 1));
    expect(right).toEqual(whole?.wrong[0]);
    let resumed: ScoringEvent | undefined;
    for await (const event of scoreNetwork(network, images, 4, events[0])) resumed = event;
    expect(resumed).toEqual(whole);
  });

  test("gives images whose logits are not finite no class, and counts them as wrong", async () => {
    const myrtle = { family: "myrtle", width: 4 } as const;
    const overflowing = scaled(randomState(myrtle), /^conv[234]/, 1e15);
    const broken = frozenNetwork(overflowing, myrtle);
    let scored: ScoringEvent | undefined;
    for await (const event of scoreNetwork(broken, images, 4)) scored = event;
    expect(withoutClass(scored?.predicted?.[0] ?? new Uint8Array())).toBe(images.count);
    expect(scored?.wrong[0]?.every((flag) => flag === 1)).toBe(true);
    broken.dispose();
  });

  test("that resumes from flags alone has no classes, rather than half of them", async () => {
    const events: ScoringEvent[] = [];
    for await (const event of scoreNetwork(network, images, 4)) events.push(structuredClone(event));
    const first = events[0] && { ...events[0], predicted: null };
    let resumed: ScoringEvent | undefined;
    for await (const event of scoreNetwork(network, images, 4, first)) resumed = event;
    expect(resumed).toEqual({ ...events.at(-1), predicted: null });
  });

  test("says after every batch how many images it has scored", async () => {
    const scored: number[] = [];
    for await (const event of scoreNetwork(network, images, 4)) scored.push(event.scored);
    expect(scored).toEqual([4, 8, 11]);
  });
});
