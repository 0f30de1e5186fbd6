/**
 * Trains a whole network by SGD on labelled images. The loop yields after every step: the page, the
 * command line and the tests decide what to report and when to stop.
 */
import { LabError } from "../errors";
import { imageBatch } from "../data/images";
import type { ImageSet } from "../data/image-set";
import { targetBatch } from "../data/targets";
import { classesOf, type ResNetArchitecture } from "../nets/architecture";
import { seeded } from "../random/generator";
import { epochOrder, readLosses, stepsOf, stepsPerReadback } from "../stitch/training/setting";
import { kernels } from "../tensor/backend";
import { endStep } from "../tensor/steps";
import { tf, type Scalar, type Tensor1D, type Tensor2D } from "../tensor/tf";
import type { State } from "../weights/state";
import { augmentedBatch } from "./augmented-batch";
import { initialState } from "./initial-state";
import { resnetGraph } from "./resnet-graph";
import { schedules, type ScheduleName } from "./schedules";
import { sgdStep } from "./sgd";
import { trainedGraph, type BatchGradient } from "./trained-graph";

/** Everything that decides a network's weights, but for the images. */
export interface TrainingRecipe {
  readonly architecture: ResNetArchitecture;
  readonly epochs: number;
  readonly batchSize: number;
  /**
   * Into how many parts a batch is split. Each has its own statistics in BatchNorm (Hoffer et al.
   * 2017, algorithm 1), and gradients are summed in order: how many workers share the parts does
   * not matter. A divisor of the batch size: parts are of equal size.
   */
  readonly parts: number;
  readonly peakRate: number;
  readonly schedule: ScheduleName;
  readonly momentum: number;
  readonly weightDecay: number;
  /** Share of the target that is spread over all classes. Szegedy et al. 2016, section 7. */
  readonly labelSmoothing: number;
  /** Whether images are cropped and mirrored. */
  readonly augmented: boolean;
  /** Seed of the first weights, the order of the images and their augmentation. */
  readonly seed: number;
}

export interface NetworkTrainingPlan extends TrainingRecipe {
  readonly images: ImageSet;
  /** Resume point of an earlier run of the same plan. */
  readonly from?: NetworkCheckpoint | undefined;
}

/** A run between two steps, as plain numbers: a resumed run ends with the same bits. */
export interface NetworkCheckpoint {
  /** Steps taken. */
  readonly step: number;
  readonly parameters: Float32Array;
  readonly velocity: Float32Array;
  /** Running statistics. */
  readonly statistics: Float32Array;
}

export interface NetworkTrainingStep {
  readonly step: number;
  readonly steps: number;
  /** Losses of the steps since the last event that had any, in nats. */
  readonly losses: readonly number[];
  /** Reads the state after this step; to be called before the next event is requested. */
  readonly checkpoint: () => Promise<NetworkCheckpoint>;
  /** The network as it is after this step, by PyTorch's names; as `checkpoint`. */
  readonly state: () => Promise<State>;
}

/** Share of a batch in the running statistics, as in PyTorch. */
const statisticsShare = 0.1;

/** Streams of the seed: 0 is the first weights', and each epoch has one of each of these. */
const augmentationStream = 1_000_000;

/**
 * Trains from the recipe's first weights, or resumes from a checkpoint with the same numbers as an
 * uninterrupted run (bit for bit on a CPU, where sums have one order).
 *
 * @throws LabError `bad-input` where the parts do not divide a batch
 */
export async function* trainNetwork(
  plan: NetworkTrainingPlan,
): AsyncGenerator<NetworkTrainingStep> {
  const { architecture, images, epochs, batchSize, parts, seed, from } = plan;
  if (batchSize % parts !== 0) {
    throw new LabError({
      code: "bad-input",
      input: "parts of a batch",
      expected: `a divisor of ${batchSize}`,
      found: String(parts),
    });
  }
  const stepsPerEpoch = stepsOf(images.count, 1, batchSize);
  const steps = stepsPerEpoch * epochs;
  const graph = trainedGraph(resnetGraph(initialState(architecture, seed), architecture));
  let parameters = tf.tensor1d(from?.parameters.slice() ?? graph.parameters);
  let velocity: Tensor1D = from
    ? tf.tensor1d(from.velocity.slice())
    : tf.zeros([graph.parameters.length]);
  let statistics = tf.tensor1d(from?.statistics.slice() ?? graph.statistics);
  let pending: Scalar[] = [];
  const checkpoint = async (step: number): Promise<NetworkCheckpoint> => ({
    step,
    parameters: Float32Array.from(await parameters.data()),
    velocity: Float32Array.from(await velocity.data()),
    statistics: Float32Array.from(await statistics.data()),
  });
  try {
    let epoch = -1;
    let order = new Uint32Array();
    for (let step = from?.step ?? 0; step < steps; step++) {
      const place = step % stepsPerEpoch;
      if (epoch !== Math.floor(step / stepsPerEpoch)) {
        epoch = Math.floor(step / stepsPerEpoch);
        order = new Uint32Array(epochOrder(images.count, seed, epoch));
      }
      const batch = order.subarray(place * batchSize, (place + 1) * batchSize);
      const each = Array.from({ length: parts }, (_, part) =>
        partGradient(plan, graph, parameters, { batch, part, step }),
      );
      const [loss, gradient, next] = tf.tidy(() => {
        const mean = sumOf(each);
        const kept = tf.mul<Tensor1D>(statistics, 1 - statisticsShare);
        const moved = tf.add<Tensor1D>(kept, tf.mul(mean.statistics, statisticsShare));
        return [mean.loss, mean.gradient, moved] as const;
      });
      for (const { loss, gradient, statistics } of each) tf.dispose([loss, gradient, statistics]);
      const rate = plan.peakRate * schedules[plan.schedule](step / steps);
      const updated = sgdStep(parameters, gradient, velocity, { ...plan, rate });
      tf.dispose([gradient, parameters, velocity, statistics]);
      ({ parameters, velocity } = updated);
      statistics = next;
      pending.push(loss);

      let losses: number[] = [];
      if (pending.length === stepsPerReadback || place === stepsPerEpoch - 1) {
        losses = await readLosses(pending);
        tf.dispose(pending);
        pending = [];
      } else {
        await endStep();
      }
      yield {
        step: step + 1,
        steps,
        losses,
        checkpoint: () => checkpoint(step + 1),
        state: async () => {
          const { parameters, statistics } = await checkpoint(step + 1);
          const named = graph.named(parameters, statistics);
          return new Map(
            [...named].map(([name, { shape, data }]) => [name, { shape, values: data }]),
          );
        },
      };
    }
  } finally {
    tf.dispose([parameters, velocity, statistics, ...pending]);
    graph.dispose();
  }
}

interface Part {
  /** Images of the step's whole batch. */
  readonly batch: Uint32Array;
  /** Which part of it. */
  readonly part: number;
  readonly step: number;
}

/** The gradient of one part of a batch; depends on nothing but the arguments. The caller disposes it. */
function partGradient(
  { architecture, images, batchSize, parts, seed, augmented, labelSmoothing }: NetworkTrainingPlan,
  graph: ReturnType<typeof trainedGraph>,
  parameters: Tensor1D,
  { batch, part, step }: Part,
): BatchGradient {
  const indices = batch.subarray(
    Math.floor((part * batchSize) / parts),
    Math.floor(((part + 1) * batchSize) / parts),
  );
  const classes = classesOf(architecture);
  const random = seeded(seed, augmentationStream + step * parts + part);
  const [loss, gradient, statistics] = tf.tidy(() => {
    const x = augmented ? augmentedBatch(images, indices, random) : imageBatch(images, indices);
    const labels = smoothed(targetBatch(images, indices, classes), labelSmoothing);
    const found = graph.gradient(parameters, x, (logits) =>
      kernels().crossEntropy(logits as Tensor2D, labels),
    );
    return [found.loss, found.gradient, found.statistics] as const;
  });
  return { loss, gradient, statistics };
}

function smoothed(labels: Tensor2D, share: number): Tensor2D {
  if (share === 0) return labels;
  return tf.add(tf.mul(labels, 1 - share), share / labels.shape[1]);
}

/** The mean over parts, which are of equal size, summed in their order. */
function sumOf(parts: readonly BatchGradient[]): BatchGradient {
  const mean = <T extends Scalar | Tensor1D>(of: (part: BatchGradient) => T): T => {
    const [first, ...others] = parts.map(of);
    if (!first) throw new RangeError("expected a part, found none");
    return tf.mul<T>(
      others.reduce<T>((sum, each) => tf.add<T>(sum, each), first),
      1 / parts.length,
    );
  };
  return {
    loss: mean(({ loss }) => loss),
    gradient: mean(({ gradient }) => gradient),
    statistics: mean(({ statistics }) => statistics),
  };
}
