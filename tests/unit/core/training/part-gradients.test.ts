/** What a part of a batch is trained on: smoothed labels, and images that depend on the seed alone. */
import { beforeAll, expect, test } from "vitest";
import type { ResNetArchitecture } from "../../../../src/core/nets/architecture-schema";
import { partGradients } from "../../../../src/core/training/part-gradients";
import type { TrainingRecipe } from "../../../../src/core/training/recipe";
import { trainNetwork } from "../../../../src/core/training/train-network";
import { writeSafetensors } from "../../../../src/core/weights/write-safetensors";
import { useBackend } from "../../backend";
import { cifarImages, zooTimeoutMs } from "../../fixtures";

beforeAll(() => useBackend("wasm"));

const architecture: ResNetArchitecture = { family: "resnet", blocks: [1, 1, 1], width: 1 };
const recipe: TrainingRecipe = {
  ...{ architecture, epochs: 1, batchSize: 8, parts: 2, peakRate: 0.1, schedule: "cosine" },
  ...{ optimizer: "sgd", momentum: 0.9, weightDecay: 5e-4, labelSmoothing: 0, augmented: true },
  seed: 3,
};

/**
 * Loss and gradient of the last layer's bias where all other parameters are 0: the logits of every
 * image are this bias.
 */
async function atBias(bias: readonly number[], labelSmoothing: number) {
  const images = cifarImages("train", 16);
  const each = partGradients({ ...recipe, batchSize: 16, parts: 1, labelSmoothing }, images);
  try {
    const { parameters, statistics } = each.initial;
    // Numbered parameters come out at their places.
    const numbered = parameters.map((_, place) => place);
    const places = each.state({ parameters: numbered, statistics }).get("fc.bias")?.values;
    const logits = new Float32Array(parameters.length);
    bias.forEach((value, k) => (logits[places?.[k] ?? -1] = value));
    const { loss, gradient } = await each.part(logits, 0, 0);
    const labels = [...images.labels];
    return { loss, gradient: bias.map((_, k) => gradient[places?.[k] ?? -1] ?? NaN), labels };
  } finally {
    each.dispose();
  }
}

test.each([0, 0.1, 0.5])("labels smoothed by %d are shared by all classes", async (share) => {
  const bias = [1, -0.5, 0.25, 2, 0, -1, 0.75, 0, 1.5, -2];
  const { loss, gradient, labels } = await atBias(bias, share);
  const total = bias.reduce((sum, logit) => sum + Math.exp(logit), 0);
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  // Szegedy et al. 2016, section 7: (1 − ε) H(q, p) + ε H(u, p), with u uniform.
  const ofLabels = mean(labels.map((label) => Math.log(total) - (bias[label] ?? NaN)));
  const ofAll = mean(bias.map((logit) => Math.log(total) - logit));
  expect(loss).toBeCloseTo((1 - share) * ofLabels + share * ofAll, 5);
  bias.forEach((logit, k) => {
    const frequency = mean(labels.map((label) => (label === k ? 1 : 0)));
    const target = (1 - share) * frequency + share / bias.length;
    expect(gradient[k], `class ${k}`).toBeCloseTo(Math.exp(logit) / total - target, 5);
  });
});

async function fileOf(seed: number): Promise<Uint8Array> {
  const images = cifarImages("train", 16);
  const own = { ...recipe, seed };
  const each = partGradients(own, images);
  const { initial } = each;
  let last = { parameters: initial.parameters, statistics: initial.statistics };
  try {
    const training = trainNetwork({
      ...{ recipe: own, images: images.count, initial },
      gradients: async (parameters, step) => [
        await each.part(parameters, step, 0),
        await each.part(parameters, step, 1),
      ],
    });
    for await (const { checkpoint } of training) last = checkpoint();
    return writeSafetensors(each.state(last), new Map());
  } finally {
    each.dispose();
  }
}

test(
  "plain JavaScript trains the same bytes twice, and others from another seed",
  async () => {
    const [first, again, other] = [await fileOf(3), await fileOf(3), await fileOf(4)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  },
  zooTimeoutMs,
);
