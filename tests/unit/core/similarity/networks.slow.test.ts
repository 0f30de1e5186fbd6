/**
 * Every measure of the tiny networks, by a pass of ours and by NumPy's definitions on the samples.
 */
import { expect, test } from "vitest";
import * as z from "../../../../src/core/schema";
import { closedFormPass } from "../../../../src/core/closed-form/pass";
import type { ClosedFormSums } from "../../../../src/core/similarity/sums";
import { similarityOf } from "../../../../src/core/similarity/measures";
import { describeOnEachBackend } from "../../backend";
import { cifarImages, fixture, networkOf, weightsSchema } from "../../fixtures";

const { networks: reference } = fixture(
  "measures",
  z.object({
    networks: z.object({
      bottom: weightsSchema,
      top: weightsSchema,
      images: z.int(),
      batch: z.int(),
      /** Values by the measure's name. */
      taps: z.array(z.record(z.string(), z.number())),
    }),
  }),
);

describeOnEachBackend("a pass over two networks", () => {
  test("has NumPy's value of every measure at every tap", async () => {
    const { images: count, batch } = reference;
    const [bottom, top] = [networkOf(reference.bottom), networkOf(reference.top)];
    const range = { first: 0, end: count };
    let sums: readonly ClosedFormSums[] = [];
    for await (const event of closedFormPass(
      bottom,
      top,
      cifarImages("test", count),
      range,
      batch,
    )) {
      sums = event.sums.flatMap((sum) => sum ?? []);
    }
    expect(sums).toHaveLength(reference.taps.length);
    reference.taps.forEach((values, tap) => {
      const at = sums[tap];
      if (!at) throw new Error(`no tap ${tap}`);
      const found = similarityOf(at);
      expect(Object.keys(found)).toEqual(Object.keys(values));
      for (const [name, value] of Object.entries(values)) {
        // Float32 may swap two neighbours that are as good as equally near: one in 640 of the mean.
        const tolerance = name === "mutualNeighbours" || name === "cknna" ? 0.004 : 1e-4;
        expect(Math.abs((found[name] ?? NaN) - value), `${name} at tap ${tap}`).toBeLessThan(
          tolerance,
        );
      }
    });
    bottom.dispose();
    top.dispose();
  });
});
