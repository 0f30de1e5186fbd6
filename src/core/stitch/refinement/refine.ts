/** Refines a least-squares stitch in rounds. The decisions are in `rounds.ts`. */
import { replayed, endStep } from "../../tensor/steps";
import {
  tf,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from "../../tensor/tf";
import { cosineRate } from "../training/cosine-rate";
import { updateAdam } from "../training/adam";
import { affineLossAndGradient, deviceCoordinates, outputGradientSquares } from "./affine-gradient";
import { bottomActivations } from "../training/bottom-activations";
import { coordinatesOf, fromCoordinates, toCoordinates } from "./coordinates";
import { scoreHeldOut, type HeldOut, type HeldOutScore } from "./held-out";
import type { AffineMap } from "../affine-map";
import {
  readLosses,
  stepsPerReadback,
  epochOrder,
  stepsOf,
  type TrainingSetting,
} from "../training/setting";
import type { Moments } from "../moments";
import {
  afterRound,
  splitHeldOut,
  firstRound,
  gainOver,
  isFiniteRound,
  noGain,
  type StopReason,
} from "./rounds";
import type { RefinementCheckpoint } from "./checkpoint";
import { distanceObjective, taskObjective, type TrainedObjective } from "./objective";
import { averagedOver, partsOfBatch, summedOver } from "../training/parts";
import { beginRound, continueRound, disposeState, readNumbers, type DeviceState } from "./state";

/**
 * Plan of a refinement. Stitches train on the first images and are compared on the rest; `epochs`
 * is the maximum number of epochs over the training images.
 */
export interface RefinementPlan extends TrainingSetting {
  /** The least-squares stitch. */
  readonly start: AffineMap;
  /** Moments of the representations at the tap, on all of `images`. */
  readonly moments: Moments;
  /** What the stitch is trained for; absent for the task. */
  readonly objective?: TrainedObjective | undefined;
  /** Resume point of an earlier run of the same plan; must fit it (see `refinementFits`). */
  readonly from?: RefinementCheckpoint | undefined;
}

export type RefinementEvent =
  | {
      /** After a step, or after a batch of held-out images, when `losses` is empty. */
      readonly type: "step";
      readonly step: number;
      /** Maximum number of steps. */
      readonly steps: number;
      /** Losses of the steps of a finished round, as the objective has them. */
      readonly losses: readonly number[];
      /**
       * Reads the current state; to be called before the next event is requested. Null before the
       * first step.
       */
      readonly checkpoint: (() => Promise<RefinementCheckpoint>) | null;
    }
  | { readonly type: "done"; readonly refined: Refined }
  /** The least-squares stitch has no finite loss or gradient to start from. The last event. */
  | { readonly type: "diverged"; readonly found: string };

export interface Refined extends AffineMap {
  readonly stop: StopReason;
  /** Steps taken in all rounds, discarded ones included. */
  readonly steps: number;
  /** The rate of the last round. */
  readonly peakRate: number;
  /** Mean loss over the round that found the stitch; null for the least-squares one. */
  readonly trainLoss: number | null;
  /** Held-out images that both stitches were compared on. */
  readonly heldOut: number;
  readonly heldOutScore: HeldOutScore;
  readonly leastSquaresScore: HeldOutScore;
}

/** Refines from the plan's start, or resumes from a checkpoint with an identical result. */
export async function* refineStitch(plan: RefinementPlan): AsyncGenerator<RefinementEvent> {
  const { start, bottom, top, tap, images, epochs, batchSize, seed, from, fits } = plan;
  const rows = fits?.rows ?? batchSize;
  const { fit, heldOut: heldOutCount } = splitHeldOut(images.count);
  const stepsPerEpoch = stepsOf(fit, 1, batchSize);
  const steps = stepsPerEpoch * epochs;
  const activations = bottomActivations(bottom, tap, images, images.count, fits?.cacheBytes);
  const objective = plan.objective
    ? await distanceObjective(plan.objective, images, top, tap, { rows, fit })
    : taskObjective(images, top, tap);
  const covariance = await gradientCovariance();
  if (!covariance.every(Number.isFinite)) {
    yield { type: "diverged", found: "gradients too large for float32" };
    return;
  }
  const coordinates = coordinatesOf(plan.moments, covariance);
  const at = deviceCoordinates(coordinates);
  const gradientStep = replayed(
    (packed: Tensor1D, source: Tensor4D, reference: Tensor): [Scalar, Tensor1D] => {
      const x = activations.from(source);
      const { loss, gradient } = affineLossAndGradient(packed, x, reference, objective, at);
      return [loss, gradient];
    },
  );
  const heldOut: HeldOut = { images, first: fit, activations, top, objective, batchSize: rows };

  const packedStart = from?.packed ?? toCoordinates(start, coordinates);
  let device: DeviceState = from ? continueRound(from) : beginRound(packedStart);
  let round = from?.round ?? firstRound(steps);
  let step = from?.step ?? 0;
  let roundStep = from?.roundStep ?? 0;
  let roundsWithoutGain = from?.roundsWithoutGain ?? 0;
  let hasImproved = from?.hasImproved ?? false;
  let losses = [...(from?.losses ?? [])];
  let pending: Scalar[] = [];

  async function readPending(): Promise<void> {
    losses.push(...(await readLosses(pending)));
    tf.dispose(pending);
    pending = [];
  }

  /** Measures the gradient's covariance on the first batches, at the least-squares stitch. */
  async function gradientCovariance(): Promise<Float32Array> {
    const batches = Array.from({ length: gradientBatches }, (_, k) =>
      Uint32Array.from({ length: batchSize }, (_, row) => (k * batchSize + row) % fit),
    );
    const parts = batches.flatMap((batch) => partsOfBatch(batch, rows));
    const [covariance] = summedOver(parts, (part): [Tensor2D] => [
      outputGradientSquares(start, activations.batch(part), objective.reference(part), objective),
    ]);
    try {
      return Float32Array.from(await covariance.data<"float32">());
    } finally {
      covariance.dispose();
    }
  }

  async function* scored(
    checkpoint: (() => Promise<RefinementCheckpoint>) | null,
  ): AsyncGenerator<RefinementEvent, HeldOutScore> {
    const batches = scoreHeldOut(device.packed, at, heldOut);
    for (;;) {
      const next = await batches.next();
      if (next.done) return next.value;
      yield { type: "step", step, steps, losses: [], checkpoint };
    }
  }

  try {
    const leastSquares = from?.leastSquares ?? (yield* scored(null));
    const unfit = leastSquares.losses.find((loss) => !Number.isFinite(loss));
    if (unfit !== undefined) {
      yield { type: "diverged", found: `a loss of ${unfit}` };
      return;
    }
    let best = from?.best ?? { packed: packedStart, score: leastSquares, trainLoss: null };
    let stop: StopReason = stepsPerEpoch === 0 ? "too-few-images" : "least-squares";
    let peakRate = round?.peakRate ?? 0;
    while (round !== null) {
      const current = round;
      peakRate = current.peakRate;
      const checkpoint = async (): Promise<RefinementCheckpoint> => {
        await readPending();
        const numbers = await readNumbers(device);
        return {
          step,
          round: current,
          roundStep,
          losses: [...losses],
          roundsWithoutGain,
          hasImproved,
          ...numbers,
          best,
          leastSquares,
        };
      };
      let order = epochOrder(fit, seed, Math.floor(step / stepsPerEpoch));
      while (roundStep < current.steps) {
        const place = step % stepsPerEpoch;
        if (place === 0) order = epochOrder(fit, seed, step / stepsPerEpoch);
        const batch = order.subarray(place * batchSize, (place + 1) * batchSize);
        const [loss, gradient] = averagedOver(partsOfBatch(batch, rows), (part) =>
          gradientStep.run(device.packed, activations.source(part), objective.reference(part)),
        );
        const rate = cosineRate(current.peakRate, roundStep, current.steps);
        const updated = updateAdam(device.packed, gradient, device.adam, rate);
        disposeState(device);
        gradient.dispose();
        device = { packed: updated.parameters, adam: updated.state };
        pending.push(loss);
        await (pending.length === stepsPerReadback ? readPending() : endStep());
        step++;
        roundStep++;
        yield { type: "step", step, steps, losses: [], checkpoint };
      }
      await readPending();
      const score = yield* scored(checkpoint);
      yield { type: "step", step, steps, losses, checkpoint };
      const { packed } = await readNumbers(device);
      const gain = isFiniteRound(packed, losses)
        ? gainOver(best.score.losses, score.losses)
        : noGain;
      hasImproved ||= gain.clear;
      roundsWithoutGain = gain.clear ? 0 : roundsWithoutGain + 1;
      // Only a clear gain replaces the least-squares stitch; any gain replaces a trained one.
      if (hasImproved && gain.mean > 0) {
        const trainLoss = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
        best = { packed, score, trainLoss };
      }
      const next = afterRound({
        round: current,
        hasImproved,
        roundsWithoutGain,
        stepsLeft: steps - step,
      });
      round = typeof next === "string" ? null : next;
      if (typeof next === "string") stop = next;
      disposeState(device);
      device = beginRound(best.packed);
      roundStep = 0;
      losses = [];
    }
    yield {
      type: "done",
      refined: {
        ...(hasImproved ? fromCoordinates(best.packed, coordinates) : start),
        stop,
        steps: step,
        peakRate,
        trainLoss: best.trainLoss,
        heldOut: heldOutCount,
        heldOutScore: best.score,
        leastSquaresScore: leastSquares,
      },
    };
  } finally {
    disposeState(device);
    tf.dispose(pending);
    gradientStep.dispose();
    at.dispose();
  }
}

/** Batches that the gradient's covariance is measured on. */
const gradientBatches = 2;
