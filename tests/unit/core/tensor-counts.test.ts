import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { closedFormPass } from "../../../src/core/closed-form/pass";
import { imageBatch, oneHot } from "../../../src/core/data/images";
import { frozenNetwork, type FrozenNetwork } from "../../../src/core/nets/network";
import { seeded } from "../../../src/core/random/generator";
import { scoreNetwork, scoreStitches } from "../../../src/core/scoring/score";
import { centredGram, momentsOf } from "../../../src/core/closed-form/batch-sums";
import { initAdam, updateAdam } from "../../../src/core/stitch/training/adam";
import { deviceStitch, stitchOnDevice } from "../../../src/core/stitch/device-stitch";
import { lossAndGradient } from "../../../src/core/stitch/training/gradient";
import { identityStart, randomStart, toAffine } from "../../../src/core/stitch/parameters";
import {
  gradientSelfTest,
  tokenGradientSelfTest,
} from "../../../src/core/stitch/training/self-test";
import { fromDevice, toDevice } from "../../../src/core/stitch/training/trainable";
import { trainStitch, type TrainingPlan } from "../../../src/core/stitch/training/train";
import { kernels } from "../../../src/core/tensor/backend";
import {
  tf,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from "../../../src/core/tensor/tf";
import { useBackend } from "../backend";
import { tinyNetwork, tinyState, randomImages } from "../fixtures";

const images = randomImages(12);
const tap = 1;
const channels = 4;

let bottom: FrozenNetwork;
let top: FrozenNetwork;
let transformer: FrozenNetwork;
let tokens: Tensor4D;
let batch: Tensor4D;
let x: Tensor4D;
let labels: Tensor2D;
let trained: Tensor1D;
let statistics: Tensor1D;
let before = 0;

/** How many tensors there are more than before the test. */
const added = (): number => tf.memory().numTensors - before;

const plan = (): TrainingPlan => ({
  start: randomStart(channels, channels, seeded(1)),
  bottom,
  top,
  tap,
  images,
  epochs: 3,
  batchSize: 4,
  peakRate: 1e-3,
  seed: 0,
});

/** Through every segment of the transformer but its first. */
function gradientOfTokens(): Tensor4D {
  return tf.tidy(() => {
    const { logits, pullback } = transformer.traceTop(tokens, 0);
    return pullback(logits);
  });
}

/** What other test files have left in this thread. */
let outset = 0;

beforeAll(async () => {
  // Counting is the engine's, above the backends; wasm is the quicker one.
  await useBackend("wasm");
  outset = tf.memory().numTensors;
  bottom = tinyNetwork("tiny-b");
  top = tinyNetwork("tiny-a");
  transformer = tinyNetwork("tiny-vit-a");
  batch = imageBatch(images, Uint32Array.of(0, 1, 2, 3));
  x = bottom.bottom(batch, tap);
  tokens = transformer.bottom(batch, 0);
  labels = oneHot(images.labels.subarray(0, 4), 10);
  ({ trained, statistics } = toDevice(randomStart(channels, channels, seeded(1))));
  // Packed kernels, those of input gradients, and the matrices are made at their first use, and
  // stay with their network.
  bottom.bottom(batch, 4).dispose();
  top.logits(batch).dispose();
  const first = lossAndGradient(trained, statistics, x, labels, top, tap);
  tf.dispose([first.loss, first.gradient, first.statistics]);
  gradientOfTokens().dispose();
});

afterAll(() => {
  bottom.dispose();
  top.dispose();
  transformer.dispose();
  tf.dispose([batch, x, tokens, labels, trained, statistics]);
  expect(tf.memory().numTensors).toBe(outset);
});

beforeEach(() => {
  before = tf.memory().numTensors;
});

/** Functions, and the tensors that they return; they dispose everything else. */
const handsOver: { name: string; run: () => Tensor | readonly Tensor[]; count: number }[] = [
  { name: "imageBatch", run: () => imageBatch(images, Uint32Array.of(1, 2)), count: 1 },
  { name: "oneHot", run: () => oneHot(images.labels, 10), count: 1 },
  { name: "bottom", run: () => bottom.bottom(batch, 4), count: 1 },
  { name: "top", run: () => top.top(x, tap), count: 1 },
  { name: "logits", run: () => top.logits(batch), count: 1 },
  { name: "representations", run: () => top.representations(batch), count: 5 },
  { name: "a transformer's bottom", run: () => transformer.bottom(batch, 2), count: 1 },
  { name: "a transformer's top", run: () => transformer.top(tokens, 0), count: 1 },
  { name: "a transformer's logits", run: () => transformer.logits(batch), count: 1 },
  { name: "a transformer's input gradient", run: () => gradientOfTokens(), count: 1 },
  { name: "centredGram", run: () => centredGram(x), count: 1 },
  {
    name: "centredColumns",
    run: () => {
      const { centred, mean } = kernels().centredColumns(labels);
      return [centred, mean];
    },
    count: 2,
  },
  {
    name: "lossAndGradient",
    run: () => {
      const result = lossAndGradient(trained, statistics, x, labels, top, tap);
      return [result.loss, result.gradient, result.statistics];
    },
    count: 3,
  },
  {
    name: "initAdam and updateAdam",
    run: () => {
      const state = initAdam(trained.size);
      const updated = updateAdam(trained, trained, state, 0.1);
      return [
        state.first,
        state.second,
        updated.parameters,
        updated.state.first,
        updated.state.second,
      ];
    },
    count: 5,
  },
  {
    name: "toDevice",
    run() {
      const { trained, statistics } = toDevice(identityStart(channels));
      return [trained, statistics];
    },
    count: 2,
  },
];

describe("the caller gets, and disposes, all that is made by", () => {
  test.each(handsOver)("$name", ({ run, count }) => {
    const result = run();
    expect(added()).toBe(count);
    tf.dispose(result as Tensor[]);
    expect(added()).toBe(0);
  });
});

async function drained(events: AsyncIterable<unknown>): Promise<void> {
  for await (const event of events) expect(event).toBeDefined();
}

/** Runs a generator up to its second event, then leaves it. */
async function abandoned(events: AsyncGenerator): Promise<void> {
  await events.next();
  await events.next();
  await events.return(undefined);
}

/** A network that fails at the n-th call of a function. */
function failing(
  network: FrozenNetwork,
  name: "bottom" | "logits" | "representations" | "top" | "traceTop",
  n: number,
): FrozenNetwork {
  let calls = 0;
  return new Proxy(network, {
    get(target, property, receiver): unknown {
      if (property === name && ++calls === n) throw new Error("the device is lost");
      return Reflect.get(target, property, receiver);
    },
  });
}

/** Long-running work over networks that may fail. */
const generators: {
  name: string;
  start: (bottom: FrozenNetwork, top: FrozenNetwork) => AsyncGenerator;
  fails: { at: string; bottom?: () => FrozenNetwork; top?: () => FrozenNetwork }[];
}[] = [
  {
    name: "trainStitch",
    start: (below, above) => trainStitch({ ...plan(), bottom: below, top: above }),
    fails: [
      { at: "the bottom", bottom: () => failing(bottom, "bottom", 3) },
      { at: "the top's gradient", top: () => failing(top, "traceTop", 3) },
    ],
  },
  {
    name: "trainStitch of a kernel",
    start: (below, above) => {
      const start = randomStart(channels, channels, seeded(1), 3);
      return trainStitch({ ...plan(), start, bottom: below, top: above });
    },
    fails: [
      { at: "the bottom", bottom: () => failing(bottom, "bottom", 3) },
      { at: "the top's gradient", top: () => failing(top, "traceTop", 3) },
    ],
  },
  {
    name: "closedFormPass",
    start: (below, above) => closedFormPass(below, above, images, { first: 0, end: 12 }, 4),
    fails: [
      { at: "the bottom", bottom: () => failing(bottom, "representations", 2) },
      { at: "the top", top: () => failing(top, "representations", 2) },
    ],
  },
  {
    name: "scoreNetwork",
    start: (_, above) => scoreNetwork(above, images, 4),
    fails: [{ at: "the network", top: () => failing(top, "logits", 2) }],
  },
  {
    name: "scoreStitches",
    start: (below, above) => {
      const stitch = deviceStitch(toAffine(identityStart(channels)));
      const scores = scoreStitches(below, above, tap, [stitch, stitch], images, 4);
      return disposing(stitch, scores);
    },
    fails: [
      { at: "the bottom", bottom: () => failing(bottom, "bottom", 2) },
      { at: "the second stitch's top", top: () => failing(top, "top", 4) },
    ],
  },
];

/** The same events; disposes of something however they end. */
async function* disposing(owned: { dispose(): void }, events: AsyncGenerator): AsyncGenerator {
  try {
    yield* events;
  } finally {
    owned.dispose();
  }
}

describe.each(generators)("$name leaves no tensor behind", ({ start, fails }) => {
  test("when it ends", async () => {
    await drained(start(bottom, top));
    expect(added()).toBe(0);
  });

  test("when it is left midway", async () => {
    await abandoned(start(bottom, top));
    expect(added()).toBe(0);
  });

  test.each(fails)("when $at fails midway", async ({ bottom: below, top: above }) => {
    const running = drained(start(below?.() ?? bottom, above?.() ?? top));
    await expect(running).rejects.toThrow("the device is lost");
    expect(added()).toBe(0);
  });
});

describe("no tensor stays behind", () => {
  test("when moments are read", async () => {
    await momentsOf(x, x);
    expect(added()).toBe(0);
  });

  test("when moments of maps of different sizes are refused", async () => {
    await expect(momentsOf(x, labels)).rejects.toThrow();
    expect(added()).toBe(0);
  });

  test("when a stitch is read back", async () => {
    await fromDevice(trained, statistics, { source: channels, target: channels });
    expect(added()).toBe(0);
  });

  test("when a stitch on the device is disposed", () => {
    const stitch = deviceStitch(toAffine(identityStart(channels)));
    stitch.apply(x).dispose();
    stitch.dispose();
    expect(added()).toBe(0);
  });

  test("when a stitch with a kernel on the device is disposed", () => {
    const stitch = stitchOnDevice(randomStart(channels, channels, seeded(1), 3));
    stitch.apply(x).dispose();
    stitch.dispose();
    expect(added()).toBe(0);
  });

  test("when a network is disposed, its gradient's kernels with it", async () => {
    const network = tinyNetwork("tiny-a");
    await drained(trainStitch({ ...plan(), top: network, epochs: 1 }));
    expect(added()).toBeGreaterThan(0);
    network.dispose();
    expect(added()).toBe(0);
  });

  test.each([
    { below: "a ResNet", make: () => gradientSelfTest(2, 2) },
    { below: "a transformer", make: () => tokenGradientSelfTest(2, 2) },
  ])("when the self-test below $below is disposed", async ({ make }) => {
    const selfTest = make();
    await selfTest.run();
    await selfTest.run();
    selfTest.dispose();
    expect(added()).toBe(0);
  });

  test.each(["conv1.weight", "layer3.0.conv2.weight", "layer2.0.downsample.1.bias", "fc.bias"])(
    "when a network is refused for want of %s",
    (name) => {
      const state = new Map(tinyState("tiny-a"));
      state.delete(name);
      const build = (): FrozenNetwork =>
        frozenNetwork(state, { family: "resnet", blocks: [1, 1, 1, 1], width: channels });
      expect(build).toThrow(expect.objectContaining({ code: "not-found", input: name }));
      expect(added()).toBe(0);
    },
  );

  test.each(["patch_embed.proj.bias", "pos_embed", "blocks.1.mlp.fc2.weight", "head.bias"])(
    "when a transformer is refused for want of %s",
    (name) => {
      const state = new Map(tinyState("tiny-vit-a"));
      state.delete(name);
      const build = (): FrozenNetwork => frozenNetwork(state, transformer.architecture);
      expect(build).toThrow(expect.objectContaining({ code: "not-found", input: name }));
      expect(added()).toBe(0);
    },
  );
});

test("a network outlives the tidy that it is built in", () => {
  const made: FrozenNetwork[] = [];
  tf.tidy(() => {
    made.push(tinyNetwork("tiny-a"));
  });
  for (const network of made) {
    network.logits(batch).dispose();
    network.dispose();
  }
  expect(made).toHaveLength(1);
  expect(added()).toBe(0);
});
