/**
 * Trains a whole network. The caller computes the gradients, in this thread or in workers; the
 * loop sums them and updates the weights. It yields after every step: the page, the command line
 * and the tests decide what to report and when to stop.
 */
import { LabError } from "../errors";
import { firstCheckpoint, type NetworkCheckpoint } from "./checkpoint";
import type { InitialWeights, PartGradient } from "./part-gradients";
import { optimizers } from "./optimizers";
import { checkRecipe, type TrainingRecipe } from "./recipe";
import { schedules } from "./schedules";

export interface NetworkTraining {
  readonly recipe: TrainingRecipe;
  /** Number of training images. */
  readonly images: number;
  readonly initial: InitialWeights;
  /** Resume point of an earlier training by the same recipe. */
  readonly from?: NetworkCheckpoint | undefined;
  /** Returns the gradients of all parts of a step's batch, in order. */
  readonly gradients: (parameters: Float32Array, step: number) => Promise<readonly PartGradient[]>;
}

export interface NetworkTrainingStep {
  /** Steps taken. */
  readonly step: number;
  /** That it ends after. */
  readonly steps: number;
  readonly stepsPerEpoch: number;
  /** Of this step's batch, in nats. */
  readonly loss: number;
  /** Copies the state after this step; to be called before the next is requested. */
  readonly checkpoint: () => NetworkCheckpoint;
}

/** Share of a batch in the running statistics, as in PyTorch. */
const statisticsShare = 0.1;

/**
 * Trains from the recipe's first weights, or resumes from a checkpoint with the same numbers as an
 * uninterrupted training (bit for bit on a CPU, where sums have one order). Without epochs one pass
 * over the images measures the running statistics, and the weights stay.
 *
 * @throws LabError `bad-input` as `checkRecipe` does, `numerics` once the loss is not finite
 */
export async function* trainNetwork({
  recipe,
  images,
  initial,
  from,
  gradients,
}: NetworkTraining): AsyncGenerator<NetworkTrainingStep> {
  checkRecipe(recipe, images);
  const isTrained = recipe.epochs > 0;
  const stepsPerEpoch = Math.floor(images / recipe.batchSize);
  const stepsOfAll = stepsPerEpoch * Math.max(1, recipe.epochs);
  const steps = recipe.stop === undefined ? stepsOfAll : stepsPerEpoch * recipe.stop;
  const start = from ?? firstCheckpoint(initial);
  const [parameters, statistics, velocity, second] = [
    start.parameters.slice(),
    start.statistics.slice(),
    start.velocity.slice(),
    start.second?.slice() ?? new Float32Array(start.parameters.length),
  ];
  const { decays } = initial;
  const update = optimizers[recipe.optimizer];
  for (let { step } = start; step < steps; step++) {
    const { loss, gradient, statistics: batch } = meanOf(await gradients(parameters, step));
    if (!Number.isFinite(loss)) {
      const found = `${loss} after ${step} steps; a smaller learning rate may help`;
      throw new LabError({ code: "numerics", input: "training", expected: "a finite loss", found });
    }
    if (isTrained) {
      const rate = recipe.peakRate * schedules[recipe.schedule](step / stepsOfAll);
      const numbers = { ...recipe, rate, step: step + 1 };
      update({ parameters, gradient, velocity, second, decays }, numbers);
    }
    // Of an untrained network the mean over all batches, as PyTorch has it with `momentum=None`.
    const share = isTrained ? statisticsShare : 1 / (step + 1);
    for (let at = 0; at < statistics.length; at++) {
      const moved = (batch[at] ?? 0) - (statistics[at] ?? 0);
      statistics[at] = (statistics[at] ?? 0) + share * moved;
    }
    yield {
      step: step + 1,
      steps,
      stepsPerEpoch,
      loss,
      checkpoint: () => ({
        step: step + 1,
        parameters: parameters.slice(),
        velocity: velocity.slice(),
        ...(recipe.optimizer === "adamw" && { second: second.slice() }),
        statistics: statistics.slice(),
      }),
    };
  }
}

/** The mean over parts, which are of equal size, summed in their order. */
function meanOf(parts: readonly PartGradient[]): PartGradient {
  const [first] = parts;
  if (!first) throw new RangeError("expected a part, found none");
  const mean = (of: (part: PartGradient) => Float32Array): Float32Array => {
    const sum = new Float32Array(of(first).length);
    for (const part of parts) {
      const values = of(part);
      for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] ?? 0) + (values[at] ?? 0);
    }
    return sum.map((value) => value / parts.length);
  };
  return {
    loss: parts.reduce((sum, { loss }) => sum + loss, 0) / parts.length,
    gradient: mean(({ gradient }) => gradient),
    statistics: mean(({ statistics }) => statistics),
  };
}
