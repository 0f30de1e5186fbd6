/** What decides a trained network's weights, but for the images. */
import { LabError } from "../errors";
import type { Architecture } from "../nets/architecture-schema";
import type { OptimizerName } from "./optimizers";
import type { ScheduleName } from "./schedules";

export type TrainableArchitecture = Exclude<Architecture, { readonly family: "graph" }>;

/** @throws LabError `bad-input` for a network from an ONNX file, whose BatchNorms are folded in */
export function trainable(architecture: Architecture): TrainableArchitecture {
  if (architecture.family !== "graph") return architecture;
  throw new LabError({
    code: "bad-input",
    input: "network to train",
    expected: "a ResNet, a five-layer CNN or a Vision Transformer",
    found: "a graph of operators, from an ONNX file",
  });
}

export interface TrainingRecipe {
  readonly architecture: TrainableArchitecture;
  /** 0: the first weights are kept; one pass measures the running statistics. */
  readonly epochs: number;
  /** Epochs after which it ends, fewer than the schedule has; absent for all of them. */
  readonly stop?: number | undefined;
  readonly batchSize: number;
  /**
   * Into how many parts a batch is split. Each has its own statistics in BatchNorm (Hoffer et al.
   * 2017, algorithm 1), and gradients are summed in order: how many workers share the parts does
   * not matter. A divisor of the batch size: parts are of equal size.
   */
  readonly parts: number;
  readonly peakRate: number;
  readonly schedule: ScheduleName;
  readonly optimizer: OptimizerName;
  /** Nesterov's, of SGD. */
  readonly momentum: number;
  readonly weightDecay: number;
  /** Share of the target that is spread over all classes. Szegedy et al. 2016, section 7. */
  readonly labelSmoothing: number;
  /** Whether images are cropped and mirrored. */
  readonly augmented: boolean;
  /** Seed of the first weights, the order of the images and their augmentation. */
  readonly seed: number;
}

/**
 * @param images number of training images
 * @throws LabError `bad-input` where the parts do not divide a batch, or there is no whole batch
 */
export function checkRecipe({ batchSize, parts }: TrainingRecipe, images: number): void {
  const refused = (input: string, expected: string, found: number): LabError =>
    new LabError({ code: "bad-input", input, expected, found: String(found) });
  if (batchSize % parts !== 0)
    throw refused("parts of a batch", `a divisor of ${batchSize}`, parts);
  if (images < batchSize)
    throw refused("training images", `at least ${batchSize}, a batch`, images);
}
