/**
 * ResNets and Vision Transformers, one of them with mean pooling, under the names of several projects (`python3 -m zoo.fixtures --only published`): logits,
 * and the gradient of a stitch at three taps, against PyTorch's.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { builtNetwork, readNetworkFile } from "../../../../src/core/nets/network-file";
import type { FrozenNetwork } from "../../../../src/core/nets/network";
import {
  featureNetwork,
  readTrunk,
  withLinearHead,
  type GivenFile,
} from "../../../../src/core/nets/linear-head";
import { kernels } from "../../../../src/core/tensor/backend";
import { tf, type Rank, type Tensor2D, type Tensor4D } from "../../../../src/core/tensor/tf";
import { parseSafetensors } from "../../../../src/core/weights/safetensors";
import type { State } from "../../../../src/core/weights/state";
import { writeSafetensors } from "../../../../src/core/weights/write-safetensors";
import { describeOnEachBackend, useBackend } from "../../backend";
import { fixturesFolder } from "../../fixtures";

const folder = join(fixturesFolder, "published");
const classes = 10;

const networks = [
  { name: "imagenet-basic", image: { height: 45, width: 38 }, taps: [0, 2, 5] },
  { name: "imagenet-bottleneck", image: { height: 40, width: 40 }, taps: [0, 1, 4] },
  { name: "cifar-bottleneck", image: undefined, taps: [0, 2, 4] },
  { name: "vit", image: undefined, taps: [0, 1, 2] },
  { name: "vit-mean", image: undefined, taps: [0, 1, 2] },
] as const;

describeOnEachBackend("a published network", () => {
  test.each(networks)(
    "$name has PyTorch's logits and stitch gradients",
    ({ name, image, taps }) => {
      const reference = stateIn(`${name}.reference`);
      const before = tf.memory().numTensors;
      const network = builtNetwork(readNetworkFile(networkBytes(name), name, undefined, image));
      tf.tidy(() => {
        const images = imagesOf(reference);
        const logits = network.logits(images);
        expect(relativeError(logits.dataSync(), valuesOf(reference, "logits"))).toBeLessThan(1e-3);
        for (const tap of taps) {
          const { loss, weight, bias } = stitchGradient(network, images, tap, reference);
          const expected = (key: string): Float32Array => valuesOf(reference, `${tap}.${key}`);
          expect(relativeError([loss], expected("loss"))).toBeLessThan(1e-3);
          expect(relativeError(weight, expected("weight_gradient"))).toBeLessThan(3e-3);
          expect(relativeError(bias, expected("bias_gradient"))).toBeLessThan(3e-3);
        }
      });
      network.dispose();
      expect(tf.memory().numTensors).toBe(before);
    },
  );
});

test("the features of DINO’s trunk, times its head, are PyTorch's logits", async () => {
  await useBackend("wasm");
  const file = fileIn("imagenet-bottleneck");
  const state = parseSafetensors(fileIn("imagenet-bottleneck.head").bytes, "head");
  const reference = stateIn("imagenet-bottleneck.reference");
  const trunk = readTrunk({ ...file, bytes: withImage(file.bytes, "40x40") });
  if (!trunk) throw new Error("expected a trunk");
  const network = featureNetwork(trunk);
  tf.tidy(() => {
    const features = network.logits(imagesOf(reference));
    expect(features.shape).toEqual([4, trunk.features]);
    const classes = state.get("module.linear.bias")?.shape[0] ?? 0;
    const weight = tf.tensor2d(valuesOf(state, "module.linear.weight"), [classes, trunk.features]);
    const bias = tf.tensor1d(valuesOf(state, "module.linear.bias"));
    const logits = tf.add(tf.matMul(features, tf.transpose(weight)), bias);
    expect(relativeError(logits.dataSync(), valuesOf(reference, "logits"))).toBeLessThan(1e-3);
  });
  network.dispose();
});

/** The file with the size of the images in its metadata. */
function withImage(bytes: Uint8Array, image: string): Uint8Array {
  return writeSafetensors(parseSafetensors(bytes, "trunk"), new Map([["image", image]]));
}

/** A trunk with its head, where the head is in a file of its own. */
function networkBytes(name: string): Uint8Array {
  const trunk = fileIn(name);
  return name === "imagenet-bottleneck"
    ? withLinearHead(trunk, fileIn(`${name}.head`))
    : trunk.bytes;
}

function fileIn(name: string): GivenFile {
  return { name, bytes: new Uint8Array(readFileSync(join(folder, `${name}.safetensors`))) };
}

function stateIn(name: string): State {
  return parseSafetensors(fileIn(name).bytes, name);
}

function valuesOf(state: State, name: string): Float32Array {
  const found = state.get(name);
  if (!found) throw new Error(`there is no ${name}`);
  return found.values;
}

/** [n, h, w, 3] */
function imagesOf(reference: State): Tensor4D {
  const [n = 0, c = 0, h = 0, w = 0] = reference.get("images")?.shape ?? [];
  const images = tf.tensor4d(valuesOf(reference, "images"), [n, c, h, w]);
  return tf.transpose(images, [0, 2, 3, 1]);
}

/** Of the 1×1 stitch in the reference: the loss, and the gradients [c, c] and [c]. */
function stitchGradient(
  network: FrozenNetwork,
  images: Tensor4D,
  tap: number,
  reference: State,
): { loss: number; weight: ArrayLike<number>; bias: ArrayLike<number> } {
  const x = network.bottom(images, tap);
  const [n, , , c] = x.shape;
  const rows = tf.reshape<Rank.R2>(x, [-1, c]);
  const stitch = tf.tensor2d(valuesOf(reference, `${tap}.weight`), [c, c]);
  const bias = tf.tensor1d(valuesOf(reference, `${tap}.bias`));
  const stitched = tf.add(tf.matMul(rows, stitch, false, true), bias);
  const { logits, pullback } = network.traceTop(tf.reshape(stitched, x.shape), tap);
  const labels = tf.oneHot(tf.range(0, n, 1, "int32"), classes);
  const { loss, gradient } = kernels().crossEntropy(logits, tf.cast(labels, "float32") as Tensor2D);
  const dz = tf.reshape<Rank.R2>(pullback(gradient), [-1, c]);
  return {
    loss: loss.dataSync()[0] ?? NaN,
    weight: tf.matMul(dz, rows, true, false).dataSync(),
    bias: tf.sum(dz, 0).dataSync(),
  };
}

/** The largest difference, as a share of the largest value. */
function relativeError(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(found.length).toBe(expected.length);
  const values = Array.from(expected);
  const difference = values.map((value, at) => Math.abs(value - (found[at] ?? NaN)));
  return Math.max(...difference) / Math.max(...values.map(Math.abs));
}
