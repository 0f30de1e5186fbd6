/**
 * Narrow versions of torchvision's architectures, exported by PyTorch (`python3 -m zoo.exports
 * tests/fixtures/onnx --narrow`): the logits, and the gradient of the loss with respect to what
 * every block gives, against PyTorch's.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { graphSegments } from "../../../../src/core/graph/graph-segments";
import { optimised } from "../../../../src/core/graph/optimise";
import { defaultTaps, type GraphTap } from "../../../../src/core/graph/taps";
import type { Segment } from "../../../../src/core/graph/segment";
import { readOnnx } from "../../../../src/core/onnx/read-onnx";
import { kernels } from "../../../../src/core/tensor/backend";
import { tf, type Tensor, type Tensor2D, type Tensor4D } from "../../../../src/core/tensor/tf";
import { parseSafetensors } from "../../../../src/core/weights/safetensors";
import { parameter, type State, type StateTensor } from "../../../../src/core/weights/state";
import { describeOnEachBackend } from "../../backend";
import { fixturesFolder } from "../../fixtures";

const folder = join(fixturesFolder, "onnx");
const classes = 10;

const networks = [
  "resnet18",
  "resnet50",
  "vgg11_bn",
  "densenet121",
  "mobilenet_v2",
  "mobilenet_v3_small",
  "efficientnet_b0",
  "squeezenet1_1",
  "shufflenet_v2_x1_0",
  "regnet_y_400mf",
  "convnext_tiny",
  "vit_b_16",
  "swin_t",
  "inception_v3",
  "googlenet",
] as const;

/** The fewest blocks of a network whose gradient is compared. */
const fewestGradients = 1;

const made: Segment[] = [];
afterEach(() => {
  for (const segment of made.splice(0)) segment.dispose();
});

describeOnEachBackend("a network that torchvision exports", () => {
  test.each(networks)("%s has PyTorch's logits and gradients", (name) => {
    const graph = optimised(readOnnx(readFileSync(join(folder, `${name}.onnx`)), name));
    const reference = referenceOf(name);
    const taps = defaultTaps(graph);
    const segments = graphSegments(
      graph,
      taps.map(({ value }) => value),
    ).map((build) => build());
    made.push(...segments);
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const images = imagesOf(reference);
      const { logits, gradients } = gradientsAt(segments, taps, images);
      const expected = reference.get("logits")?.values ?? [];
      expect(relativeError(logits.dataSync(), expected)).toBeLessThan(1e-3);
      const compared = [...gradients].flatMap(([tap, gradient]) => {
        const witness = witnessOf(reference, tap, gradient);
        return witness ? [relativeError(likeWitness(gradient, witness.shape), witness.values)] : [];
      });
      expect(compared.length).toBeGreaterThanOrEqual(fewestGradients);
      expect(Math.max(...compared)).toBeLessThan(3e-3);
    });
    // What segments make at their first gradient is theirs until they are disposed.
    for (const segment of made.splice(0)) segment.dispose();
    expect(tf.memory().numTensors).toBeLessThanOrEqual(before);
  });
});

function referenceOf(name: string): State {
  const path = join(folder, `${name}.reference.safetensors`);
  return parseSafetensors(new Uint8Array(readFileSync(path)), name);
}

/** [n, h, w, 3] */
function imagesOf(reference: State): Tensor4D {
  const { shape = [] } = reference.get("images") ?? {};
  const [n = 0, c = 0, h = 0, w = 0] = shape;
  const values = parameter(reference, "images", shape);
  return tf.transpose(tf.tensor4d(values, [n, c, h, w]), [0, 2, 3, 1]);
}

/** Forward through all segments, then the gradient of the cross-entropy at each tap. */
function gradientsAt(
  segments: readonly Segment[],
  taps: readonly GraphTap[],
  images: Tensor4D,
): { logits: Tensor2D; gradients: Map<string, Tensor> } {
  let value: Tensor = images;
  const traced = segments.map((segment) => {
    const result = segment.trace(value);
    value = result.output;
    return result;
  });
  const logits = value as Tensor2D;
  const [n] = logits.shape;
  const labels = tf.oneHot(tf.range(0, n, 1, "int32"), classes) as Tensor2D;
  let { gradient }: { gradient: Tensor } = kernels().crossEntropy(
    logits,
    tf.cast(labels, "float32"),
  );
  const gradients = new Map<string, Tensor>();
  // The first segment reads the images, whose gradient nobody needs.
  for (let at = segments.length - 1; at >= 1; at--) {
    gradient = traced[at]?.pullback(gradient) ?? gradient;
    const tap = taps[at - 1];
    if (tap) gradients.set(tap.name, gradient);
  }
  return { logits, gradients };
}

/** PyTorch's gradient after a module, whose name there begins with those of its parents. */
function witnessOf(
  reference: State,
  tap: string,
  { size, shape }: Tensor,
): StateTensor | undefined {
  const [name] = [...reference.keys()].filter((key) => `.${key}`.endsWith(`.${tap}`));
  const found = name === undefined ? undefined : reference.get(name);
  return found?.values.length === size / shape[0] ? found : undefined;
}

/** The first image's gradient, in the layout of PyTorch's. */
function likeWitness(gradient: Tensor, shape: readonly number[]): ArrayLike<number> {
  const first = tf.slice(gradient, 0, 1);
  const isMap = shape.length === 4 && first.shape[3] === shape[1] && first.shape[1] === shape[2];
  return (isMap ? tf.transpose(first, [0, 3, 1, 2]) : first).dataSync();
}

/** The largest difference, as a share of the largest value. */
function relativeError(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(found.length).toBe(expected.length);
  const values = Array.from(expected);
  const difference = values.map((value, at) => Math.abs(value - (found[at] ?? NaN)));
  return Math.max(...difference) / Math.max(...values.map(Math.abs));
}
