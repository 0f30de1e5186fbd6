/** A worker's part in the training of a network: gradients, scores and the network's file. */
import { imageSet, type ImageSet } from "../../core/data/image-set";
import { shardsFor, type Split } from "../../core/data/manifest";
import { frozenNetwork } from "../../core/nets/network";
import { scoreNetwork } from "../../core/scoring/score";
import {
  partGradients,
  type InitialWeights,
  type PartGradient,
  type Weights,
} from "../../core/training/part-gradients";
import { withRandomLabels } from "../../core/training/random-labels";
import { writeSafetensors } from "../../core/weights/write-safetensors";
import type { AssetSource } from "../assets";
import type {
  GradientRequest,
  NetworkTrainingSetup,
  ScoreRequest,
  ScoredPart,
} from "../network-training";

/** Test images that pass at a time. */
const scoredAtOnce = 250;

export interface Trainer {
  /** What training starts from. */
  readonly started: InitialWeights;
  gradient(request: GradientRequest): Promise<PartGradient>;
  /** @returns what the network answers to the images */
  score(request: ScoreRequest): Promise<ScoredPart>;
  /** @returns a safetensors file with PyTorch's names */
  file(weights: Weights, metadata: ReadonlyMap<string, string>): Uint8Array;
}

/** @throws LabError where a shard is not available, or the network is none for the images */
export async function createTrainer(
  { recipe, data, dataFolder, trainImages, skip = 0, randomLabels = 0 }: NetworkTrainingSetup,
  assets: AssetSource,
): Promise<Trainer> {
  async function images(split: Split, count: number): Promise<ImageSet> {
    const shards = await Promise.all(
      shardsFor(data[split], count).map(async (entry) => ({
        entry,
        bytes: await assets.read({ path: dataFolder + entry.file, sha256: entry.sha256 }),
      })),
    );
    return imageSet(data, shards, count);
  }
  const trained = part(await images("train", skip + trainImages), skip);
  const classes = data.classes.names.length;
  const gradients = partGradients(
    recipe,
    withRandomLabels(trained, randomLabels, recipe.seed, classes),
  );
  return {
    started: gradients.initial,
    gradient: ({ parameters, step, part }) => gradients.part(parameters, step, part),
    async score({ weights, first, end }) {
      const network = frozenNetwork(gradients.state(weights), recipe.architecture);
      try {
        const scored = part(await images("test", end), first);
        let answer: ScoredPart = { wrong: new Uint8Array(), predicted: new Uint8Array() };
        for await (const event of scoreNetwork(network, scored, scoredAtOnce)) {
          const [wrong] = event.wrong;
          const predicted = event.predicted?.[0];
          if (wrong && predicted) answer = { wrong, predicted };
        }
        return answer;
      } finally {
        network.dispose();
      }
    },
    file: (weights, metadata) => writeSafetensors(gradients.state(weights), metadata),
  };
}

/** The images from `first` on. */
function part(images: ImageSet, first: number): ImageSet {
  const { count, labels, pixels } = images;
  return {
    ...images,
    count: count - first,
    labels: labels.subarray(first),
    pixels: pixels.subarray((first * pixels.length) / count),
  };
}
