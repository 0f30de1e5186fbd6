import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  checkpointFits,
  trainingCheckpointSchema,
  type TrainingCheckpoint,
} from "../../../../../src/core/stitch/training/checkpoint";
import type { FrozenNetwork } from "../../../../../src/core/nets/network";
import { seeded } from "../../../../../src/core/random/generator";
import { randomStart } from "../../../../../src/core/stitch/parameters";
import {
  trainStitch,
  type TrainingEvent,
  type TrainingPlan,
} from "../../../../../src/core/stitch/training/train";
import { tf } from "../../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../../backend";
import { casesOf } from "../../../nightly";
import { tinyNetwork, randomImages } from "../../../fixtures";

/** Twelve steps an epoch: a readback in the middle of each. */
const stepsPerEpoch = 12;
const epochs = 2;
const images = randomImages(2 * stepsPerEpoch + 1);

function plan(bottom: FrozenNetwork, top: FrozenNetwork, side: 1 | 3 = 1): TrainingPlan {
  const start = randomStart(4, 4, seeded(1), side);
  return { start, bottom, top, tap: 1, images, epochs, batchSize: 2, peakRate: 1e-2, seed: 3 };
}

/** The events of a run, without the function that reads a checkpoint. */
type Said = Omit<TrainingEvent, "checkpoint">;

interface Stopped {
  readonly said: Said[];
  readonly checkpoint: TrainingCheckpoint;
}

async function said(events: AsyncIterable<TrainingEvent>): Promise<Said[]> {
  const all: Said[] = [];
  for await (const event of events) all.push(plain(event));
  return all;
}

function plain(event: TrainingEvent): Said {
  if (event.type === "done") return event;
  const { type, step, steps, losses } = event;
  return { type, step, steps, losses } as Said;
}

/** Trains up to and with a step, and stops there as a killed worker does. */
async function stoppedAfter(step: number, whole: TrainingPlan): Promise<Stopped> {
  const before: Said[] = [];
  for await (const event of trainStitch(whole)) {
    before.push(plain(event));
    if (event.type === "step" && event.step === step) {
      const checkpoint = await event.checkpoint();
      // As it comes back from a message or the browser's storage.
      const read = trainingCheckpointSchema.parse(structuredClone(checkpoint));
      return { said: before, checkpoint: read };
    }
  }
  throw new Error("training ended before that step");
}

describeOnEachBackend("training from a checkpoint", () => {
  let bottom: FrozenNetwork;
  let top: FrozenNetwork;
  const uninterrupted = new Map<1 | 3, Promise<Said[]>>();

  /** What training says if nothing interrupts it: the same every time, so computed once. */
  function expectedOf(side: 1 | 3): Promise<Said[]> {
    const known = uninterrupted.get(side) ?? said(trainStitch(plan(bottom, top, side)));
    uninterrupted.set(side, known);
    return known;
  }

  beforeEach(() => {
    bottom = tinyNetwork("tiny-b");
    top = tinyNetwork("tiny-a");
  });
  afterEach(() => {
    bottom.dispose();
    top.dispose();
  });

  test.each(casesOf([1, 8, 12, 24], [7, 9, 11, 13, 20, 23]))(
    "taken after step %i says and ends with, bit by bit, what the uninterrupted run does",
    async (step) => {
      const whole = plan(bottom, top);
      const expected = await expectedOf(1);
      const { said: before, checkpoint } = await stoppedAfter(step, whole);
      const after = await said(trainStitch({ ...whole, from: checkpoint }));
      expect([...before, ...after]).toEqual(expected);
    },
  );

  test.each(casesOf([1, 12], [8, 13]))(
    "of a stitch with a kernel after step %i resumes bit for bit, too",
    async (step) => {
      const whole = plan(bottom, top, 3);
      const expected = await expectedOf(3);
      const { said: before, checkpoint } = await stoppedAfter(step, whole);
      expect(checkpointFits(checkpoint, whole.start, stepsPerEpoch, epochs)).toBe(true);
      const after = await said(trainStitch({ ...whole, from: checkpoint }));
      expect([...before, ...after]).toEqual(expected);
    },
  );

  test("many times over, one step each, ends as the uninterrupted run does", async () => {
    const whole = plan(bottom, top);
    const expected = await expectedOf(1);
    let from: TrainingCheckpoint | undefined;
    for (let step = 1; step <= epochs * stepsPerEpoch; step++) {
      from = (await stoppedAfter(step, { ...whole, from })).checkpoint;
    }
    expect((await said(trainStitch({ ...whole, from }))).at(-1)).toEqual(expected.at(-1));
  });

  test("does not depend on whether checkpoints were taken", async () => {
    const whole = plan(bottom, top);
    const expected = await expectedOf(1);
    const found: Said[] = [];
    for await (const event of trainStitch(whole)) {
      if (event.type === "step") await event.checkpoint();
      found.push(plain(event));
    }
    expect(found).toEqual(expected);
  });

  test("leaves no tensor behind, wherever it stops", async () => {
    // Networks keep rotated kernels from their first gradient on.
    await stoppedAfter(1, plan(bottom, top));
    const before = tf.memory().numTensors;
    const { checkpoint } = await stoppedAfter(5, plan(bottom, top));
    await stoppedAfter(6, { ...plan(bottom, top), from: checkpoint });
    expect(tf.memory().numTensors).toBe(before);
  });

  test("does not change while training continues", async () => {
    let taken: TrainingCheckpoint | undefined;
    let then: TrainingCheckpoint | undefined;
    for await (const event of trainStitch(plan(bottom, top))) {
      if (event.type !== "step" || event.step !== 3) continue;
      taken = await event.checkpoint();
      then = structuredClone(taken);
    }
    expect(taken).toEqual(then);
  });
});

describe("a checkpoint fits", () => {
  const shape = { source: 2, target: 3 };
  const size = 2 * 2 + 2 * 3 + 2 * 3;
  const fitting: TrainingCheckpoint = {
    step: 5,
    trained: new Float32Array(size),
    statistics: new Float32Array(10),
    first: new Float32Array(size),
    second: new Float32Array(size),
    lossesOfEpoch: [1],
    untold: [NaN],
  };
  const fits = (changes: Partial<TrainingCheckpoint>): boolean =>
    checkpointFits({ ...fitting, ...changes }, shape, 3, 4);

  test("a run of its shape and length", () => {
    expect(fits({})).toBe(true);
    expect(trainingCheckpointSchema.safeParse(fitting).success).toBe(true);
    expect(fits({ step: 0, lossesOfEpoch: [], untold: [] })).toBe(true);
    expect(fits({ step: 12, lossesOfEpoch: [1, 1, 1], untold: [] })).toBe(true);
  });

  test("a stitch with a kernel only where it has all of its weights", () => {
    const kernel = { ...shape, side: 3 as const };
    const weights = new Float32Array(size + 8 * 2 * 3);
    const numbers = { trained: weights, first: weights, second: weights };
    expect(checkpointFits({ ...fitting, ...numbers }, kernel, 3, 4)).toBe(true);
    expect(checkpointFits(fitting, kernel, 3, 4)).toBe(false);
    expect(fits(numbers)).toBe(false);
  });

  test("a pruned stitch only where as many weights are left as its step says", () => {
    // Of 6 weights, all until the first of eight rounds, half of them from step 6 of 12 on.
    const pruned = {
      ...fitting,
      step: 6,
      lossesOfEpoch: [1, 1],
      kept: Uint8Array.of(1, 0, 1, 0, 0, 1),
    };
    const parsed = trainingCheckpointSchema.safeParse(pruned);
    expect(parsed.data?.kept).toEqual(pruned.kept);
    expect(checkpointFits({ ...pruned, untold: [NaN] }, shape, 3, 4, { share: 0.5 })).toBe(true);
    expect(checkpointFits({ ...pruned, untold: [NaN] }, shape, 3, 4)).toBe(false);
    expect(checkpointFits({ ...pruned, untold: [NaN] }, shape, 3, 4, { share: 0.6 })).toBe(false);
    expect(fits({ kept: undefined, step: 5 })).toBe(true);
    expect(checkpointFits(fitting, shape, 3, 4, { share: 0.5 })).toBe(false);
  });

  test.each<[string, Partial<TrainingCheckpoint>]>([
    ["another stitch", { trained: new Float32Array(size + 1) }],
    ["other moments", { second: new Float32Array(size - 1) }],
    ["other statistics", { statistics: new Float32Array(9) }],
    ["a longer run", { step: 14 }],
    ["missing losses", { untold: [] }],
  ])("not one of %s", (_, changes) => {
    expect(fits(changes)).toBe(false);
  });
});
