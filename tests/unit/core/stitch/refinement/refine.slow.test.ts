import { afterEach, beforeEach, expect, test } from "vitest";
import type { FrozenNetwork } from "../../../../../src/core/nets/network";
import { imageBatch } from "../../../../../src/core/data/images";
import { seeded } from "../../../../../src/core/random/generator";
import {
  affineLossAndGradient,
  deviceCoordinates,
} from "../../../../../src/core/stitch/refinement/affine-gradient";
import { momentsOf } from "../../../../../src/core/closed-form/batch-sums";
import { taskObjective } from "../../../../../src/core/stitch/refinement/objective";
import {
  coordinatesOf,
  toCoordinates,
} from "../../../../../src/core/stitch/refinement/coordinates";
import { leastSquares } from "../../../../../src/core/stitch/families/least-squares";
import type { Moments } from "../../../../../src/core/stitch/moments";
import {
  refineStitch,
  type Refined,
  type RefinementPlan,
} from "../../../../../src/core/stitch/refinement/refine";
import {
  refinementCheckpointSchema,
  refinementFits,
  type RefinementCheckpoint,
} from "../../../../../src/core/stitch/refinement/checkpoint";
import { tf, type Tensor1D, type Tensor4D } from "../../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../../backend";
import { tinyNetwork, randomImages } from "../../../fixtures";
import { casesOf } from "../../../nightly";
import { normalArray } from "../../numbers";

const tap = 1;
/** 30 to train on, 10 held out: 15 steps an epoch. */
const images = randomImages(40);

describeOnEachBackend("refinement", () => {
  let bottom: FrozenNetwork;
  let top: FrozenNetwork;
  let moments: Moments;

  beforeEach(async () => {
    bottom = tinyNetwork("tiny-b");
    top = tinyNetwork("tiny-a");
    const all = imageBatch(
      images,
      Uint32Array.from({ length: images.count }, (_, k) => k),
    );
    const [x, y] = [bottom.bottom(all, tap), top.bottom(all, tap)];
    moments = await momentsOf(x, y);
    tf.dispose([all, x, y]);
  });
  afterEach(() => {
    bottom.dispose();
    top.dispose();
  });

  function plan(epochs = 4): RefinementPlan {
    const start = leastSquares(moments);
    return { start, moments, bottom, top, tap, images, epochs, batchSize: 2, seed: 1 };
  }

  async function refined(whole: RefinementPlan): Promise<Refined> {
    for await (const event of refineStitch(whole)) if (event.type === "done") return event.refined;
    throw new Error("refinement ended without a stitch");
  }

  /** As a killed worker leaves it, having stopped at the event with that number. */
  async function stoppedAt(event: number, whole: RefinementPlan): Promise<RefinementCheckpoint> {
    let seen = 0;
    for await (const said of refineStitch(whole)) {
      if (said.type !== "step" || said.checkpoint === null || ++seen < event) continue;
      return refinementCheckpointSchema.parse(structuredClone(await said.checkpoint()));
    }
    throw new Error("refinement ended before that event");
  }

  let uninterrupted: Promise<Refined> | undefined;

  test.each(casesOf([1, 16, 40], [8, 15, 18, 22]))(
    "stopped at event %i and resumed, ends bit for bit as if uninterrupted",
    async (event) => {
      uninterrupted ??= refined(plan());
      const from = await stoppedAt(event, plan());
      expect(refinementFits(from, 4, 4, 10)).toBe(true);
      expect(await refined({ ...plan(), from })).toEqual(await uninterrupted);
    },
  );

  test("for the taps above, stopped and resumed, ends bit for bit as if uninterrupted", async () => {
    const functional = { ...plan(2), objective: "functional" } as const;
    const whole = await refined(functional);
    expect(whole.steps).toBeGreaterThan(0);
    const from = await stoppedAt(9, functional);
    expect(await refined({ ...functional, from })).toEqual(whole);
    expect(whole.weight).not.toEqual((await refined(plan(2))).weight);
  });

  test("never keeps a stitch that is worse on the held-out images than least squares", async () => {
    const { heldOut, heldOutScore, leastSquaresScore, steps } = await refined(plan());
    const total = (losses: Float32Array): number => losses.reduce((sum, loss) => sum + loss, 0);
    expect(heldOut).toBe(10);
    expect(steps).toBeGreaterThan(0);
    expect(total(heldOutScore.losses)).toBeLessThanOrEqual(total(leastSquaresScore.losses));
  });

  test("takes no more steps than its epochs have", async () => {
    expect((await refined(plan(1))).steps).toBeLessThanOrEqual(15);
  });

  test("reports that the training images do not fill a batch, and keeps least squares", async () => {
    const whole = { ...plan(), batchSize: 31 };
    const { stop, steps, trainLoss, weight } = await refined(whole);
    expect({ stop, steps, trainLoss }).toEqual({
      stop: "too-few-images",
      steps: 0,
      trainLoss: null,
    });
    expect(weight).toEqual(whole.start.weight);
  });

  test("leaves no tensor behind, ended or stopped", async () => {
    await refined(plan(1));
    const before = tf.memory().numTensors;
    await refined(plan(1));
    await stoppedAt(5, plan(1));
    expect(tf.memory().numTensors).toBe(before);
  });

  test("follows the gradient of its loss: both sides of a step differ by its slope", async () => {
    const at = coordinatesOf(
      moments,
      [...Array(16).keys()].map((k) => (k % 5 === 0 ? 1 : 0)),
    );
    const device = deviceCoordinates(at);
    const start = toCoordinates(leastSquares(moments), at);
    const batch = Uint32Array.of(0, 1, 2, 3);
    const x: Tensor4D = tf.tidy(() => bottom.bottom(imageBatch(images, batch), tap));
    const objective = taskObjective(images, top, tap);
    const labels = objective.reference(batch);
    const lossAt = (packed: Float32Array) => {
      const p: Tensor1D = tf.tensor1d(packed);
      const result = affineLossAndGradient(p, x, labels, objective, device);
      p.dispose();
      return result;
    };
    const { loss, gradient } = lossAt(start);
    const g = Float32Array.from(await gradient.data());
    const direction = normalArray(seeded(9), start.length).map((value, k) => value + (g[k] ?? 0));
    const step = 2e-4;
    const losses = await Promise.all(
      [step, -step].map(async (size) => {
        const moved = lossAt(start.map((value, k) => value + size * (direction[k] ?? 0)));
        const [value = NaN] = await moved.loss.data();
        tf.dispose([moved.loss, moved.gradient]);
        return value;
      }),
    );
    const slope = ((losses[0] ?? NaN) - (losses[1] ?? NaN)) / (2 * step);
    const expected = g.reduce((sum, value, k) => sum + value * (direction[k] ?? 0), 0);
    tf.dispose([loss, gradient, x, labels]);
    device.dispose();
    // ReLUs switch within the step, and float32 leaves five digits of the losses.
    expect(Math.abs(slope - expected)).toBeLessThan(0.03 * Math.abs(expected));
  });
});
