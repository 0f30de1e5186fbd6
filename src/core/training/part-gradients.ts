/** Gradients of parts of batches: what the workers of a training compute. */
import type { ImageSet } from "../data/image-set";
import { imageBatch } from "../data/images";
import { targetBatch } from "../data/targets";
import { classesOf } from "../nets/architecture";
import { seeded } from "../random/generator";
import { epochOrder, stepsOf } from "../stitch/training/setting";
import { kernels } from "../tensor/backend";
import { replayed } from "../tensor/steps";
import { tf, type Scalar, type Tensor1D, type Tensor2D, type Tensor4D } from "../tensor/tf";
import type { State } from "../weights/state";
import { augmentedBatch } from "./augmented-batch";
import { initialState } from "./initial-state";
import type { TrainingRecipe } from "./recipe";
import { graphOf, stateOf } from "./graphs/registry";
import { trainedGraph } from "./trained-graph";

export interface PartGradient {
  /** Mean over the part's images, in nats. */
  readonly loss: number;
  readonly gradient: Float32Array;
  /** The part's means and unbiased variances in each BatchNorm. */
  readonly statistics: Float32Array;
}

/** A network in training, as two vectors. */
export interface Weights {
  readonly parameters: Float32Array;
  /** Running means and variances. */
  readonly statistics: Float32Array;
}

/** What training starts from. */
export interface InitialWeights extends Weights {
  /** 1 where a parameter decays under AdamW, else 0; as long as `parameters`. */
  readonly decays: Uint8Array;
}

export interface PartGradients {
  readonly initial: InitialWeights;
  /** Depends on nothing but its arguments, the recipe and the images. */
  part(parameters: Float32Array, step: number, part: number): Promise<PartGradient>;
  /** The trained layers by PyTorch's names. */
  state(weights: Weights): State;
  dispose(): void;
}

/** Layers below those that are trained. */
export interface FrozenLayers {
  /** The tap of the trained network above which training begins. */
  readonly tap: number;
  /**
   * @param images [n, h, w, c]
   * @returns the representation at the tap, [n, h, w, c]
   */
  readonly representation: (images: Tensor4D) => Tensor4D;
}

/** Streams of the seed: 0 is the first weights', and each epoch has one of each of these. */
const augmentationStream = 1_000_000;

/** @param frozen what the trained layers read; without it, the whole network is trained */
export function partGradients(
  recipe: TrainingRecipe,
  images: ImageSet,
  frozen?: FrozenLayers,
): PartGradients {
  const { architecture, batchSize, parts, seed, augmented, labelSmoothing } = recipe;
  const first = frozen ? frozen.tap + 1 : 0;
  const graph = trainedGraph(graphOf(initialState(architecture, seed), architecture, first));
  const classes = classesOf(architecture);
  const stepsPerEpoch = stepsOf(images.count, 1, batchSize);
  const batchGradient = replayed(
    (parameters: Tensor1D, x: Tensor4D, labels: Tensor2D): [Scalar, Tensor1D, Tensor1D] => {
      const read = frozen ? frozen.representation(x) : x;
      const found = graph.gradient(parameters, read, (logits) =>
        kernels().crossEntropy(logits as Tensor2D, labels),
      );
      return [found.loss, found.gradient, found.statistics];
    },
  );
  let order = { epoch: -1, images: new Uint32Array() };

  function indicesOf(step: number, part: number): Uint32Array {
    const epoch = Math.floor(step / stepsPerEpoch);
    if (order.epoch !== epoch) {
      order = { epoch, images: Uint32Array.from(epochOrder(images.count, seed, epoch)) };
    }
    const each = batchSize / parts;
    const first = (step % stepsPerEpoch) * batchSize + part * each;
    return order.images.subarray(first, first + each);
  }

  return {
    initial: {
      parameters: graph.parameters.slice(),
      statistics: graph.statistics.slice(),
      decays: graph.decays,
    },
    async part(parameters, step, part) {
      const indices = indicesOf(step, part);
      const random = seeded(seed, augmentationStream + step * parts + part);
      const [loss, gradient, statistics] = tf.tidy(() =>
        batchGradient.run(
          tf.tensor1d(parameters),
          augmented ? augmentedBatch(images, indices, random) : imageBatch(images, indices),
          smoothed(targetBatch(images, indices, classes), labelSmoothing),
        ),
      );
      try {
        const [losses, ...vectors] = await Promise.all([
          loss.data(),
          gradient.data(),
          statistics.data(),
        ]);
        // The backend's memory may be used again.
        const [slope, moments] = vectors.map((vector) => Float32Array.from(vector));
        if (!slope || !moments) throw new Error("two vectors");
        return { loss: losses[0] ?? NaN, gradient: slope, statistics: moments };
      } finally {
        tf.dispose([loss, gradient, statistics]);
      }
    },
    state: ({ parameters, statistics }) =>
      stateOf(graph.named(parameters, statistics), architecture),
    dispose() {
      batchGradient.dispose();
      graph.dispose();
    },
  };
}

function smoothed(labels: Tensor2D, share: number): Tensor2D {
  if (share === 0) return labels;
  return tf.add(tf.mul(labels, 1 - share), share / labels.shape[1]);
}
