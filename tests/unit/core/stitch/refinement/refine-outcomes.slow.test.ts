/**
 * Refinements that help, that help at a lower rate only, and that do not: which they are is for the
 * labels.
 */
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { ImageSet } from "../../../../../src/core/data/image-set";
import { imageBatch, oneHot } from "../../../../../src/core/data/images";
import { frozenNetwork, type FrozenNetwork } from "../../../../../src/core/nets/network";
import { deviceStitch } from "../../../../../src/core/stitch/device-stitch";
import { momentsOf } from "../../../../../src/core/closed-form/batch-sums";
import { kernels } from "../../../../../src/core/tensor/backend";
import { leastSquares } from "../../../../../src/core/stitch/families/least-squares";
import {
  refineStitch,
  type Refined,
  type RefinementPlan,
} from "../../../../../src/core/stitch/refinement/refine";
import {
  refinementCheckpointSchema,
  type RefinementCheckpoint,
} from "../../../../../src/core/stitch/refinement/checkpoint";
import { tf, type Tensor4D } from "../../../../../src/core/tensor/tf";
import { recogniseArchitecture } from "../../../../../src/core/nets/recognise/recognise";
import { describeOnEachBackend, useBackend } from "../../../backend";
import { tinyNetwork, tinyState, randomImages } from "../../../fixtures";
import { relativeDistance } from "../../numbers";

const count = 80;
const heldOut = 20;

interface Case {
  readonly tap: number;
  /** The top's own answers, or noise. */
  readonly labels: "top" | "noise";
  readonly stop: Refined["stop"];
}
const helps: Case = { tap: 2, labels: "top", stop: "budget" };
const helpsLittle: Case = { tap: 1, labels: "noise", stop: "settled" };
const doesNotHelp: Case = { tap: 2, labels: "noise", stop: "least-squares" };
const cases = [helps, helpsLittle, doesNotHelp];

async function planOf(
  { tap, labels }: Pick<Case, "tap" | "labels">,
  bottom: FrozenNetwork,
  top: FrozenNetwork,
): Promise<RefinementPlan> {
  const noise = randomImages(count, tap);
  const all = imageBatch(
    noise,
    Uint32Array.from({ length: count }, (_, k) => k),
  );
  const answers = tf.tidy(() => tf.argMax(top.logits(all), 1));
  const [x, y] = [bottom.bottom(all, tap), top.bottom(all, tap)];
  const images: ImageSet =
    labels === "noise" ? noise : { ...noise, labels: Uint8Array.from(await answers.data()) };
  const moments = await momentsOf(x, y);
  tf.dispose([all, answers, x, y]);
  const start = leastSquares(moments);
  return { start, moments, bottom, top, tap, images, epochs: 8, batchSize: 4, seed: 1 };
}

/**
 * Refines to the end in several lives: the k-th ends at its `lives[k]`-th event that has a
 * checkpoint, from which the next resumes.
 */
async function refinedIn(lives: readonly number[], plan: RefinementPlan): Promise<Refined> {
  let from: RefinementCheckpoint | undefined;
  for (const life of [...lives, Infinity]) {
    let events = 0;
    for await (const event of refineStitch({ ...plan, from })) {
      if (event.type === "done") return event.refined;
      if (event.type === "diverged") throw new Error(`refinement diverged: ${event.found}`);
      if (event.checkpoint === null || ++events < life) continue;
      from = refinementCheckpointSchema.parse(structuredClone(await event.checkpoint()));
      break;
    }
  }
  throw new Error("refinement ended without a stitch");
}

/** Losses of the held-out images by the returned map alone. */
async function heldOutLosses(refined: Refined, plan: RefinementPlan): Promise<Float32Array> {
  const { images, bottom, top, tap } = plan;
  const indices = Uint32Array.from({ length: heldOut }, (_, k) => count - heldOut + k);
  const stitch = deviceStitch(refined);
  const losses = tf.tidy(() => {
    const stitched = stitch.apply(bottom.bottom(imageBatch(images, indices), tap));
    const labels = oneHot(images.labels.slice(count - heldOut), 10);
    return kernels().crossEntropies(top.top(stitched, tap), labels);
  });
  const values = Float32Array.from(await losses.data());
  losses.dispose();
  stitch.dispose();
  return values;
}

const mean = (values: Float32Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describeOnEachBackend("refinement", (backend) => {
  // The plain JavaScript backend takes seconds for what takes a tenth of one on wasm.
  describe.each(backend === "wasm" ? cases : [helpsLittle])("that ends with $stop", (one) => {
    let plan: RefinementPlan;
    let undisturbed: Refined;

    beforeAll(async () => {
      plan = await planOf(one, tinyNetwork("tiny-b"), tinyNetwork("tiny-a"));
      undisturbed = await refinedIn([], plan);
      return () => {
        plan.bottom.dispose();
        plan.top.dispose();
      };
    });

    test("says so", () => {
      expect(undisturbed.stop).toBe(one.stop);
    });

    test("returns the stitch that it scored", async () => {
      const losses = await heldOutLosses(undisturbed, plan);
      expect(relativeDistance(losses, undisturbed.heldOutScore.losses)).toBeLessThan(1e-3);
    });

    test("keeps the least-squares stitch itself, or a better one", () => {
      const { stop, heldOutScore, leastSquaresScore, trainLoss, weight, bias } = undisturbed;
      if (stop === "least-squares") {
        expect({ weight, bias }).toEqual({ weight: plan.start.weight, bias: plan.start.bias });
        expect(heldOutScore).toEqual(leastSquaresScore);
        expect(trainLoss).toBeNull();
      } else {
        expect(mean(heldOutScore.losses)).toBeLessThan(mean(leastSquaresScore.losses));
        expect(trainLoss).toBeGreaterThan(0);
      }
    });

    test("ends bit for bit the same however often it is killed and resumed", async () => {
      const lives = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 });
      await fc.assert(
        fc.asyncProperty(lives, async (ends) => {
          expect(await refinedIn(ends, plan)).toEqual(undisturbed);
        }),
        { numRuns: backend === "wasm" ? 12 : 2 },
      );
    });
  });
});

test("refinement more than halves the loss where the top itself labelled", async () => {
  await useBackend("wasm");
  const plan = await planOf(helps, tinyNetwork("tiny-b"), tinyNetwork("tiny-a"));
  const { heldOutScore, leastSquaresScore } = await refinedIn([], plan);
  expect(mean(heldOutScore.losses)).toBeLessThan(mean(leastSquaresScore.losses) / 2);
  expect(heldOutScore.wrong).toBeLessThan(leastSquaresScore.wrong);
  plan.bottom.dispose();
  plan.top.dispose();
});

/** As on a backend whose ReLU gives 0 for what is not a number. */
function hidingRunaways(network: FrozenNetwork): FrozenNetwork {
  const hidden = (x: Tensor4D): Tensor4D => tf.where(tf.less(tf.abs(x), 1e30), x, tf.zerosLike(x));
  return {
    ...network,
    top: (x, tap) => tf.tidy(() => network.top(hidden(x), tap)),
    traceTop: (x, tap) => network.traceTop(hidden(x), tap),
  };
}

test("a round that diverges is no gain, even if ReLU hides it and every loss is finite", async () => {
  await useBackend("wasm");
  const top = hidingRunaways(tinyNetwork("tiny-a"));
  const plan = await planOf(doesNotHelp, tinyNetwork("tiny-b"), top);
  const begun = await stoppedAtFirstStep(plan);
  const from: RefinementCheckpoint = {
    ...begun,
    // Beyond float32, as are its quarters.
    round: { ...begun.round, peakRate: 1e300 },
    // So bad a stitch to beat that any finite loss is a clear gain.
    best: { ...begun.best, score: { losses: new Float32Array(heldOut).fill(100), wrong: heldOut } },
  };
  const rounds: (readonly number[])[] = [];
  let refined: Refined | undefined;
  for await (const event of refineStitch({ ...plan, from })) {
    if (event.type === "done") refined = event.refined;
    else if (event.type === "step" && event.losses.length > 0) rounds.push(event.losses);
  }
  expect(rounds).toHaveLength(3);
  expect(rounds.flat().every(Number.isFinite)).toBe(true);
  expect(refined).toMatchObject({ stop: "least-squares", trainLoss: null, ...plan.start });
  plan.bottom.dispose();
  plan.top.dispose();
});

async function stoppedAtFirstStep(plan: RefinementPlan): Promise<RefinementCheckpoint> {
  for await (const event of refineStitch(plan)) {
    if (event.type === "step" && event.checkpoint !== null) return await event.checkpoint();
  }
  throw new Error("refinement ended without a step");
}

/** A tiny network some of whose stem's channels always give the same. */
function withStillChannels(
  id: "tiny-a" | "tiny-b",
  channels: readonly number[],
  value: number,
): FrozenNetwork {
  const state = new Map(tinyState(id));
  for (const [name, still] of [
    ["bn1.weight", 0],
    ["bn1.bias", value],
  ] as const) {
    const tensor = state.get(name);
    if (tensor === undefined) throw new Error(`${id} has no ${name}`);
    const values = tensor.values.slice();
    for (const channel of channels) values[channel] = still;
    state.set(name, { ...tensor, values });
  }
  return frozenNetwork(state, recogniseArchitecture(state, id));
}

describe("refinement stays finite", () => {
  beforeAll(() => useBackend("wasm"));
  const all = [0, 1, 2, 3];

  test.each([
    { what: "a dead channel of the bottom", bottom: { channels: [1], value: 0 } },
    { what: "a constant channel of the bottom", bottom: { channels: [1], value: 3 } },
    { what: "one channel left in the bottom", bottom: { channels: [0, 1, 2], value: 3 } },
    { what: "a dead channel of the top", top: { channels: [2], value: 0 } },
    { what: "a top that is dead altogether", top: { channels: all, value: 0 } },
    { what: "a constant top", top: { channels: all, value: 2 } },
  ])("with $what", async ({ bottom, top }) => {
    const still = { channels: [], value: 0 };
    const below = bottom ?? still;
    const above = top ?? still;
    const plan = await planOf(
      { tap: 0, labels: "noise" },
      withStillChannels("tiny-b", below.channels, below.value),
      withStillChannels("tiny-a", above.channels, above.value),
    );
    const refined = await refinedIn([], plan);
    const { weight, bias, heldOutScore } = refined;
    // Not numbers, a ReLU would turn into 0: the loss would be finite, but no longer the map's.
    const losses = await heldOutLosses(refined, plan);
    expect(relativeDistance(heldOutScore.losses, losses)).toBeLessThan(1e-3);
    for (const numbers of [weight, bias, losses]) {
      expect([...numbers].every(Number.isFinite)).toBe(true);
    }
    plan.bottom.dispose();
    plan.top.dispose();
  });
});
