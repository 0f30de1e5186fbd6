/** A network whose last linear layer is exchanged: what it reads, and the file with another one. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { classesOf, inputOf } from "../../../../src/core/nets/architecture";
import type { Architecture } from "../../../../src/core/nets/architecture-schema";
import { readTrunk, withFittedHead, type GivenFile } from "../../../../src/core/nets/linear-head";
import { builtNetwork, readNetworkFile } from "../../../../src/core/nets/network-file";
import { networkMetadata, networkWithoutHead } from "../../../../src/core/nets/without-head";
import type { LinearParameters } from "../../../../src/core/tensor/linear";
import { tf, type Tensor4D } from "../../../../src/core/tensor/tf";
import { sha256Hex } from "../../../../src/core/weights/hash";
import { useBackend } from "../../backend";
import { fixturesFolder } from "../../fixtures";
import { model, node } from "../onnx/written-onnx";
import { networkFile, randomState } from "../weights/network-files";

beforeAll(() => useBackend("wasm"));

const small = {
  resnet: { family: "resnet", blocks: [1, 1, 1], width: 4, classes: 5 },
  myrtle: { family: "myrtle", width: 4, classes: 5 },
  vit: { family: "vit", dim: 16, depth: 1, heads: 2, patch: 16, classes: 5 },
} as const satisfies Record<string, Architecture>;

function exported(name: string): GivenFile {
  return { name, bytes: readFileSync(join(fixturesFolder, "onnx", `${name}.onnx`)) };
}

function stateFile(family: keyof typeof small): GivenFile {
  const metadata = family === "vit" ? { heads: "2" } : {};
  return { name: family, bytes: networkFile(randomState(small[family]), metadata) };
}

/** Answers with the first features, as many as there are classes. */
function firstFeatures(width: number, classes: number): LinearParameters {
  const weight = new Float32Array(classes * width);
  for (let k = 0; k < classes; k++) weight[k * width + k] = 1;
  return { weight, bias: Float32Array.from({ length: classes }, (_, k) => k) };
}

function imagesFor(architecture: Architecture): Tensor4D {
  const { height, width, channels } = inputOf(architecture);
  return tf.randomNormal<tf.Rank.R4>([2, height, width, channels], 0, 1, "float32", 1);
}

test.each([
  ["a ResNet", stateFile("resnet"), 16],
  ["the five-layer CNN", stateFile("myrtle"), 32],
  ["a Vision Transformer", stateFile("vit"), 16],
  ["a ResNet in ONNX", exported("resnet18"), 16],
  ["MobileNet in ONNX", exported("mobilenet_v2"), 1280],
  ["a Vision Transformer in ONNX", exported("vit_b_16"), 16],
  // Ends in a convolution: its ten outputs are the features.
  ["SqueezeNet in ONNX", exported("squeezenet1_1"), 10],
])("%s answers with a new linear layer of what its own read", async (_, file, width) => {
  const before = tf.memory().numTensors;
  const whole = readNetworkFile(file.bytes, file.name);
  const images = imagesFor(whole.architecture);
  const trunk = networkWithoutHead(file);
  expect(trunk.width).toBe(width);
  const features = trunk.of(images);
  const classes = 3;
  const about = new Map([["head", "new"]]);
  const bytes = trunk.withHead(firstFeatures(trunk.width, classes), about);
  trunk.dispose();

  const refitted = readNetworkFile(bytes, file.name);
  expect(classesOf(refitted.architecture)).toBe(classes);
  expect(networkMetadata({ ...file, bytes }).get("head")).toBe("new");
  const network = builtNetwork(refitted);
  const logits = network.logits(images);
  const expected = tf.tidy(() => tf.add(features.slice([0, 0], [2, classes]), [0, 1, 2]));
  const apart = tf.tidy(() => tf.max(tf.abs(tf.sub(logits, expected))));
  expect((await apart.data())[0]).toBeLessThan(1e-4);
  network.dispose();
  tf.dispose([images, features, logits, expected, apart]);
  expect(tf.memory().numTensors).toBe(before);
});

test("without its head a whole network is the trunk that its authors might publish", () => {
  const state = randomState(small.resnet);
  const bare = new Map([...state].filter(([key]) => !key.startsWith("fc.")));
  const trunk = readTrunk({ name: "trunk", bytes: networkFile(bare) });
  if (!trunk) throw new Error("no trunk");
  const head = firstFeatures(trunk.features, 3);
  const network = networkWithoutHead({ name: "whole", bytes: networkFile(state) });
  const expected = withFittedHead(trunk, head, new Map());
  expect(sha256Hex(network.withHead(head, new Map()))).toBe(sha256Hex(expected));
  network.dispose();
});

/** A trunk that gives a map, [n, 3, 8, 8], and the same with the mean of each channel after it. */
const mapTrunk: GivenFile = {
  name: "map",
  bytes: model([node("Relu", ["images"], "active"), node("Sigmoid", ["active"], "logits")]),
};
const pooledTrunk: GivenFile = {
  name: "pooled",
  bytes: model([
    node("Relu", ["images"], "active"),
    node("Sigmoid", ["active"], "map"),
    node("GlobalAveragePool", ["map"], "mean"),
    node("Flatten", ["mean"], "logits"),
  ]),
};

test("a trunk that gives a map counts as one that gives the mean of each channel", async () => {
  const networks = [mapTrunk, pooledTrunk].map(({ bytes, name }) => readNetworkFile(bytes, name));
  const head = firstFeatures(3, 2);
  const refitted = [mapTrunk, pooledTrunk].map((file) => {
    const network = networkWithoutHead(file);
    expect(network.width).toBe(3);
    const bytes = network.withHead(head, new Map());
    network.dispose();
    return readNetworkFile(bytes, file.name);
  });
  const images = tf.randomNormal<tf.Rank.R4>([2, 8, 8, 3], 0, 1, "float32", 1);
  for (const [map, pooled] of [networks, refitted]) {
    if (!map || !pooled) throw new Error("expected two networks");
    const [found, expected] = [map, pooled].map((read) => builtNetwork(read).logits(images));
    expect(await found?.array()).toEqual(await expected?.array());
  }
  images.dispose();
});

test.each([exported("mobilenet_v2"), exported("vit_b_16"), stateFile("vit"), mapTrunk])(
  "$name: the head that it had leaves no trace in the file",
  (file) => {
    const about = new Map([["head", "new"]]);
    const exchanged = (given: GivenFile, classes: number): Uint8Array => {
      const network = networkWithoutHead(given);
      const bytes = network.withHead(firstFeatures(network.width, classes), about);
      network.dispose();
      return bytes;
    };
    const once = exchanged(file, 2);
    const twice = exchanged({ ...file, bytes: exchanged(file, 3) }, 2);
    expect(sha256Hex(twice)).toBe(sha256Hex(once));
  },
);
