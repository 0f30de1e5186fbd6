import { beforeAll, describe, expect, test } from "vitest";
import { seeded } from "../../../../src/core/random/generator";
import { frozenNetwork } from "../../../../src/core/nets/network";
import {
  type KernelSide,
  weightsOf,
  type StitchParameters,
} from "../../../../src/core/stitch/parameters";
import { composed } from "../../../../src/core/stitched/compose";
import { readStitched, writeStitched } from "../../../../src/core/stitched/file";
import { checkAgreement } from "../../../../src/core/stitched/verify";
import { tf } from "../../../../src/core/tensor/tf";
import { metadataOf, parseSafetensors } from "../../../../src/core/weights/safetensors";
import { recogniseArchitecture } from "../../../../src/core/nets/recognise/recognise";
import { useBackend } from "../../backend";
import { cifarImages, tinyNetwork, tinyState, type TinyId } from "../../fixtures";
import { uniformArray } from "../numbers";

beforeAll(() => useBackend("wasm"));

const images = cifarImages("test", 16);
const about = new Map([["experiment", "#v=1"]]);

function half(id: TinyId) {
  const network = tinyNetwork(id);
  const { architecture, taps } = network;
  network.dispose();
  return { id, state: tinyState(id), architecture, taps };
}

/** A stitch with no number at its default, so that nothing can be forgotten unnoticed. */
function anyStitch(source: number, target: number, side?: KernelSide): StitchParameters {
  const random = seeded(7);
  const some = (size: number, low: number, high: number): Float32Array =>
    uniformArray(random, size, low, high);
  const shape = { source, target, ...(side && { side }) };
  return {
    ...shape,
    gamma1: some(source, 0.5, 2),
    beta1: some(source, -1, 1),
    mean1: some(source, -1, 1),
    variance1: some(source, 0.2, 3),
    weight: some(weightsOf(shape), -1, 1),
    gamma2: some(target, 0.5, 2),
    beta2: some(target, -1, 1),
    mean2: some(target, -1, 1),
    variance2: some(target, 0.2, 3),
  };
}

function stitchAt(bottomId: TinyId, topId: TinyId, tap: number, side?: KernelSide) {
  const [bottom, top] = [half(bottomId), half(topId)];
  const [source, target] = [bottom.taps[tap]?.channels ?? 0, top.taps[tap]?.channels ?? 0];
  return { bottom, top, stitch: anyStitch(source, target, side) };
}

async function agreementOf(bottomId: TinyId, topId: TinyId, tap: number, side?: KernelSide) {
  const { bottom, top, stitch } = stitchAt(bottomId, topId, tap, side);
  const bytes = writeStitched(bottom, top, tap, stitch, about);
  const [below, above] = [tinyNetwork(bottomId), tinyNetwork(topId)];
  try {
    return await checkAgreement(bytes, "file", below, above, tap, stitch, images);
  } finally {
    below.dispose();
    above.dispose();
  }
}

describe("written, read again and run, a file's logits are the stitched network's", () => {
  test.each([
    ...[0, 1, 2, 3, 4].map((tap) => ["tiny-b", "tiny-a", tap, undefined] as const),
    ["tiny-b", "tiny-a", 2, 3],
    ["tiny-animals", "tiny-a", 4, undefined],
    ["tiny-vit-b", "tiny-vit-a", 0, undefined],
    ["tiny-vit-b", "tiny-vit-a", 2, undefined],
  ] as const)("%s into %s at tap %i, kernel %s", async (bottom, top, tap, side) => {
    const { largestDifference, largestLogit, tolerance } = await agreementOf(
      bottom,
      top,
      tap,
      side,
    );
    expect(largestLogit).toBeGreaterThan(0.01);
    expect(largestDifference).toBeLessThanOrEqual(tolerance);
    expect(tolerance).toBeLessThan(0.01 * Math.max(1, largestLogit));
  });
});

test("a file whose stitch is another's is refused, with both numbers", async () => {
  const { bottom, top, stitch } = stitchAt("tiny-b", "tiny-a", 1);
  const weight = stitch.weight.map((value, k) => (k === 0 ? value + 0.01 : value));
  const bytes = writeStitched(bottom, top, 1, { ...stitch, weight }, about);
  const [below, above] = [tinyNetwork("tiny-b"), tinyNetwork("tiny-a")];
  await expect(
    checkAgreement(bytes, "file", below, above, 1, stitch, images),
  ).rejects.toMatchObject({ code: "numerics", input: "file" });
  below.dispose();
  above.dispose();
});

test("names and layouts are PyTorch's: each layer from the network that it belongs to", () => {
  const { bottom, top, stitch } = stitchAt("tiny-b", "tiny-a", 1);
  const bytes = writeStitched(bottom, top, 1, stitch, about);
  const state = parseSafetensors(bytes, "file");
  const own = [...state.keys()].filter((name) => name.startsWith("stitch."));
  expect(own).toEqual(["stitch.weight", "stitch.bias"]);
  const { source, target } = stitch;
  expect(state.get("stitch.weight")?.shape).toEqual([target, source, 1, 1]);
  // Every parameter of a whole network, and the stitch.
  const names = [...top.state.keys()];
  expect([...state.keys()].filter((name) => !own.includes(name)).sort()).toEqual(names.sort());
  for (const name of names) {
    const from = /^(conv1|bn1|layer1)\b/.test(name) ? bottom : top;
    expect(state.get(name)?.values, name).toEqual(from.state.get(name)?.values);
  }
});

test("after the last layer the stitch disappears into fc: a network that is recognised like any other", async () => {
  const { bottom, top, stitch } = stitchAt("tiny-animals", "tiny-a", 4);
  const bytes = writeStitched(bottom, top, 4, stitch, about);
  const state = parseSafetensors(bytes, "file");
  expect([...state.keys()].some((name) => name.startsWith("stitch"))).toBe(false);
  const architecture = recogniseArchitecture(state, "file", metadataOf(bytes, "file"));
  const [plain, file] = [frozenNetwork(state, architecture), readStitched(bytes, "file")];
  const x = tf.zeros<tf.Rank.R4>([1, 32, 32, 3]);
  const [a, b] = [plain.logits(x), file.logits(x)];
  expect(a.shape).toEqual([1, 10]);
  expect(await a.data()).toEqual(await b.data());
  tf.dispose([x, a, b]);
  plain.dispose();
  file.dispose();
});

test("the file says what it is", () => {
  const { bottom, top, stitch } = stitchAt("tiny-b", "tiny-a", 1);
  const said = metadataOf(writeStitched(bottom, top, 1, stitch, about), "file");
  expect(Object.fromEntries(said)).toMatchObject({
    format: "pt",
    kind: "stitched network",
    tap: "1",
    layer: "block 1",
    experiment: "#v=1",
    stitch: "layer",
  });
  expect(JSON.parse(said.get("bottom_architecture") ?? "")).toEqual(bottom.architecture);
});

test("two networks whose layers do not correspond are no one network", () => {
  const [bottom, top] = [half("tiny-vit-a"), half("tiny-a")];
  expect(() => composed(bottom, top, 0, anyStitch(16, 4))).toThrow(/layers correspond/);
});

test("nothing stays on the device", async () => {
  const { numTensors } = tf.memory();
  await agreementOf("tiny-b", "tiny-a", 2);
  await agreementOf("tiny-b", "tiny-a", 2, 3);
  expect(tf.memory().numTensors).toBe(numTensors);
});
