/**
 * Trains a stitch with Adam and a cosine schedule, both networks frozen. The loop yields after
 * every step: the page, the command line and the tests decide what to report and when to stop.
 */
import { replayed, endStep } from "../../tensor/steps";
import { tf, type Scalar, type Tensor1D, type Tensor2D, type Tensor4D } from "../../tensor/tf";
import { cosineRate } from "./cosine-rate";
import { updateAdam } from "./adam";
import type { TrainingCheckpoint } from "./checkpoint";
import { bottomActivations } from "./bottom-activations";
import { lossAndGradient, lossAndGradientInParts } from "./gradient";
import { kernelLossAndGradient } from "./kernel-gradient";
import { partsOfBatch } from "./parts";
import { factoring } from "./factors";
import { createPruning } from "./pruning";
import {
  readLosses,
  stepsPerReadback,
  epochOrder,
  labelBatch,
  stepsOf,
  type TrainingSetting,
} from "./setting";
import type { StitchParameters } from "../parameters";
import { fromDevice } from "./trainable";
import { readState, trainingState, type TrainingState } from "./state";

export interface TrainingPlan extends TrainingSetting {
  readonly start: StitchParameters;
  /** Adam's first rate. */
  readonly peakRate: number;
  /** Share of the convolution's weights that are left in the end, in (0, 1]; absent for all. */
  readonly share?: number | undefined;
  /** Highest rank of the convolution's weights; absent for any. Not with a share. */
  readonly rank?: number | undefined;
  /** Resume point of an earlier run of the same plan; must fit it (see `checkpointFits`). */
  readonly from?: TrainingCheckpoint | undefined;
}

export type TrainingEvent =
  | {
      readonly type: "step";
      readonly step: number;
      readonly steps: number;
      /** Losses of the steps since the last event that had any, in nats. */
      readonly losses: readonly number[];
      /** Reads the state after this step; to be called before the next event is requested. */
      readonly checkpoint: () => Promise<TrainingCheckpoint>;
    }
  | {
      readonly type: "done";
      readonly stitch: StitchParameters;
      readonly steps: number;
      /** Mean over the last epoch, in nats; null without an epoch. */
      readonly finalLoss: number | null;
    };

/**
 * Trains from the plan's start, or resumes from a checkpoint with the same numbers and events as an
 * uninterrupted run (bit for bit on a CPU, where sums have one order).
 */
export async function* trainStitch(plan: TrainingPlan): AsyncGenerator<TrainingEvent> {
  const { start, bottom, top, tap, images, epochs, batchSize, peakRate, seed, from, fits } = plan;
  const { share = 1, rank } = plan;
  const rows = fits?.rows ?? batchSize;
  const stepsPerEpoch = stepsOf(images.count, 1, batchSize);
  const steps = stepsPerEpoch * epochs;
  const activations = bottomActivations(
    bottom,
    tap,
    images,
    epochs > 1 ? images.count : Infinity,
    fits?.cacheBytes,
  );
  const gradientStep = replayed(
    (
      trained: Tensor1D,
      statistics: Tensor1D,
      source: Tensor4D,
      labels: Tensor2D,
    ): [Scalar, Tensor1D, Tensor1D] => {
      const x = activations.from(source);
      const made = start.side
        ? kernelLossAndGradient(trained, statistics, x, labels, top, tap, start.side)
        : lossAndGradient(trained, statistics, x, labels, top, tap);
      return [made.loss, made.gradient, made.statistics];
    },
  );
  const pruning =
    share < 1 ? createPruning({ shape: start, share, steps, kept: from?.kept }) : undefined;
  const factors = rank === undefined ? undefined : factoring(start, rank);
  let state = trainingState(start, from, factors);
  let pending: Scalar[] = [];
  let untold = [...(from?.untold ?? [])];
  const lossesOfEpoch = [...(from?.lossesOfEpoch ?? [])];
  const wholeGradient = (trained: Tensor1D, batch: Uint32Array): [Scalar, Tensor1D, Tensor1D] =>
    tf.tidy(() =>
      gradientStep.run(
        trained,
        state.statistics,
        activations.source(batch),
        labelBatch(images, batch, top),
      ),
    );
  const gradientInParts = (trained: Tensor1D, batch: Uint32Array): [Scalar, Tensor1D, Tensor1D] => {
    const parts = partsOfBatch(batch, rows).map((part) => ({
      x: () => activations.batch(part),
      labels: () => labelBatch(images, part, top),
    }));
    const made = lossAndGradientInParts(trained, state.statistics, parts, top, tap);
    return [made.loss, made.gradient, made.statistics];
  };
  const gradientAt = (batch: Uint32Array): [Scalar, Tensor1D, Tensor1D] => {
    const of = rows < batchSize ? gradientInParts : wholeGradient;
    if (!factors) return of(state.trained, batch);
    const trained = factors.multiplied(state.trained);
    const [loss, gradient, statistics] = of(trained, batch);
    trained.dispose();
    return [loss, factors.gradient(gradient, state.trained), statistics];
  };
  const checkpoint = async (): Promise<TrainingCheckpoint> => ({
    ...(await readState(state)),
    ...(pruning && { kept: pruning.kept().slice() }),
    lossesOfEpoch: [...lossesOfEpoch],
    untold: [...untold, ...(await readLosses(pending))],
  });
  try {
    if (steps === 0 && pruning) {
      state = { ...state, trained: await pruning.pruned(state.trained, 0) };
    }
    let epoch = -1;
    let order = new Uint32Array();
    for (let step = state.adam.step; step < steps; step++) {
      const place = step % stepsPerEpoch;
      if (place === 0) lossesOfEpoch.length = 0;
      if (epoch !== Math.floor(step / stepsPerEpoch)) {
        epoch = Math.floor(step / stepsPerEpoch);
        order = new Uint32Array(epochOrder(images.count, seed, epoch));
      }
      const batch = order.subarray(place * batchSize, (place + 1) * batchSize);
      const [loss, found, statistics] = gradientAt(batch);
      const gradient = pruning ? pruning.penalised(state.trained, found, step) : found;
      const rate = cosineRate(peakRate, step, steps);
      const updated = updateAdam(state.trained, gradient, state.adam, rate);
      tf.dispose([...tensorsOf(state), gradient]);
      const { parameters } = updated;
      const trained = pruning ? await pruning.pruned(parameters, step + 1) : parameters;
      state = { trained, statistics, adam: updated.state };
      pending.push(loss);

      let losses: number[] = [];
      if (untold.length + pending.length === stepsPerReadback || place === stepsPerEpoch - 1) {
        losses = [...untold, ...(await readLosses(pending))];
        tf.dispose(pending);
        pending = [];
        untold = [];
        lossesOfEpoch.push(...losses);
      } else {
        await endStep();
      }
      yield { type: "step", step: step + 1, steps, losses, checkpoint };
    }
    const { trained, statistics } = state;
    const whole = factors ? factors.multiplied(trained) : tf.clone(trained);
    const stitch = await fromDevice(whole, statistics, start);
    whole.dispose();
    const finalLoss =
      lossesOfEpoch.length === 0
        ? null
        : lossesOfEpoch.reduce((sum, loss) => sum + loss, 0) / lossesOfEpoch.length;
    yield { type: "done", stitch, steps, finalLoss };
  } finally {
    gradientStep.dispose();
    pruning?.dispose();
    tf.dispose([...tensorsOf(state), ...pending]);
  }
}

function tensorsOf({ trained, statistics, adam }: TrainingState): Tensor1D[] {
  return [trained, statistics, adam.first, adam.second];
}
