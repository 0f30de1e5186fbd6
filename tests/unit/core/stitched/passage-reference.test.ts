/** What the view of a stitch shows, next to PyTorch's: see zoo/fixtures/passage.py. */
import { expect, test } from "vitest";
import * as z from "../../../../src/core/schema";
import { momentsAtSites } from "../../../../src/core/closed-form/moments-pass";
import { imageBatch } from "../../../../src/core/data/images";
import { networksAtSites } from "../../../../src/core/nets/sites";
import { passageOf } from "../../../../src/core/stitched/passage";
import { deviceStitch } from "../../../../src/core/stitch/device-stitch";
import { leastSquares } from "../../../../src/core/stitch/families/least-squares";
import { describeOnEachBackend } from "../../backend";
import {
  arraySchema,
  cifarImages,
  fixture,
  networkOf,
  weightsSchema,
  zooTimeoutMs,
} from "../../fixtures";
import { largestDifference, relativeDistance } from "../numbers";

const probabilities = z.array(z.number());
const reference = fixture(
  "passage",
  z.object({
    image: z.int(),
    trainImages: z.int(),
    pairs: z.array(
      z.object({
        bottom: weightsSchema,
        top: weightsSchema,
        answers: z.object({ bottom: probabilities, top: probabilities }),
        sites: z.array(
          z.object({
            tap: z.int(),
            bottom: arraySchema,
            stitched: arraySchema,
            own: arraySchema,
            answer: probabilities,
          }),
        ),
      }),
    ),
  }),
);

describeOnEachBackend("an image's passage", (backend) => {
  // Plain JavaScript takes too long for networks of the zoo.
  const pairs = reference.pairs.filter(
    ({ top }) => backend === "wasm" || top.id.startsWith("tiny-"),
  );
  test.each(pairs.map((pair) => [`${pair.bottom.id} into ${pair.top.id}`, pair] as const))(
    "has PyTorch's channels, stitched channels and answers: %s",
    { timeout: zooTimeoutMs },
    async (_, { bottom, top, answers, sites }) => {
      const taps = sites.map(({ tap }) => ({ bottomTap: tap, topTap: tap }));
      const pair = networksAtSites(networkOf(bottom), networkOf(top), taps);
      const image = imageBatch(
        cifarImages("test", reference.image + 1),
        Uint32Array.of(reference.image),
      );
      const count = reference.trainImages;
      const train = cifarImages("train", count);
      const moments = await momentsAtSites(pair, [...sites.keys()], train, {
        first: 0,
        end: count,
      });
      for (const [index, site] of sites.entries()) {
        const gathered = moments.get(index);
        if (!gathered) throw new RangeError(`site ${index}: expected moments, found none`);
        const stitch = deviceStitch(leastSquares(gathered));
        const passage = await passageOf(pair, index, stitch, image);
        stitch.dispose();
        for (const name of ["bottom", "stitched", "own"] as const) {
          const { channels, height, width, values } = passage[name];
          expect([channels, height, width]).toEqual(site[name].shape);
          expect(relativeDistance(values, site[name].values)).toBeLessThan(1e-4);
        }
        const found = passage.probabilities;
        expect(largestDifference(found.bottom ?? [], answers.bottom)).toBeLessThan(1e-4);
        expect(largestDifference(found.stitched, site.answer)).toBeLessThan(1e-4);
        expect(largestDifference(found.top, answers.top)).toBeLessThan(1e-4);
      }
      image.dispose();
      pair.bottom.dispose();
      pair.top.dispose();
    },
  );
});
