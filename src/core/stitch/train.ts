/**
 * Trains a stitch with Adam and a cosine, both networks frozen. The loop yields after every step, so
 * that the page, the command line and the tests decide what to report and when to stop.
 */
import { imageBatch, type ImageSet } from "../data/images";
import { classCount } from "../nets/layers";
import type { FrozenNetwork } from "../nets/network";
import { seeded, shuffled } from "../random/generator";
import { oneHot } from "../tensor/one-hot";
import { tf, type Scalar, type Tensor4D } from "../tensor/tf";
import { cosineRate, initAdam, updateAdam } from "./adam";
import { lossAndGradient } from "./gradient";
import type { StitchParameters } from "./parameters";
import { fromDevice, toDevice } from "./trainable";

/** Losses stay on the device this many steps; it also bounds how far a GPU's queue runs ahead. */
const stepsPerReadback = 8;

export interface TrainingPlan {
  readonly start: StitchParameters;
  readonly bottom: FrozenNetwork;
  readonly top: FrozenNetwork;
  readonly tap: number;
  readonly images: ImageSet;
  readonly epochs: number;
  readonly batchSize: number;
  /** Adam's first rate. */
  readonly peakRate: number;
  /** Decides the order of the images. */
  readonly seed: number;
}

export type TrainingEvent =
  | {
      readonly type: "step";
      readonly step: number;
      readonly steps: number;
      /** Losses of the steps since the last such event that had any, in nats. */
      readonly losses: readonly number[];
    }
  | {
      readonly type: "done";
      readonly stitch: StitchParameters;
      readonly steps: number;
      /** Mean over the last epoch, in nats; null when there was none. */
      readonly finalLoss: number | null;
    };

/** Optimiser steps of a plan: whole batches only, so that every step has the same shapes. */
export function stepsOf(images: number, epochs: number, batchSize: number): number {
  return Math.floor(images / batchSize) * epochs;
}

/** The order in which an epoch visits `count` images. */
export function epochOrder(count: number, seed: number, epoch: number): Uint32Array {
  return shuffled(count, seeded(seed, epoch));
}

export async function* trainStitch(plan: TrainingPlan): AsyncGenerator<TrainingEvent> {
  const { start, bottom, top, tap, images, epochs, batchSize, peakRate, seed } = plan;
  const stepsPerEpoch = stepsOf(images.count, 1, batchSize);
  const steps = stepsPerEpoch * epochs;
  let { trained, statistics } = toDevice(start);
  let adam = initAdam(trained.size);
  let pending: Scalar[] = [];
  const lossesOfEpoch: number[] = [];
  try {
    let order = new Uint32Array();
    for (let step = 0; step < steps; step++) {
      const place = step % stepsPerEpoch;
      if (place === 0) {
        order = new Uint32Array(epochOrder(images.count, seed, step / stepsPerEpoch));
        lossesOfEpoch.length = 0;
      }
      const batch = order.subarray(place * batchSize, (place + 1) * batchSize);
      const result = tf.tidy(() => {
        const labels = oneHot(batchLabels(images, batch), classCount);
        const x: Tensor4D = bottom.bottom(imageBatch(images, batch), tap);
        return lossAndGradient(trained, statistics, x, labels, top, tap);
      });
      const rate = cosineRate(peakRate, step, steps);
      const updated = updateAdam(trained, result.gradient, adam, rate);
      tf.dispose([trained, statistics, adam.first, adam.second, result.gradient]);
      trained = updated.parameters;
      adam = updated.state;
      statistics = result.statistics;
      pending.push(result.loss);

      let losses: number[] = [];
      if (pending.length === stepsPerReadback || place === stepsPerEpoch - 1) {
        losses = await readLosses(pending);
        tf.dispose(pending);
        pending = [];
        lossesOfEpoch.push(...losses);
      }
      yield { type: "step", step: step + 1, steps, losses };
    }
    const stitch = await fromDevice(trained, statistics, start.source, start.target);
    const finalLoss =
      lossesOfEpoch.length === 0
        ? null
        : lossesOfEpoch.reduce((sum, loss) => sum + loss, 0) / lossesOfEpoch.length;
    yield { type: "done", stitch, steps, finalLoss };
  } finally {
    tf.dispose([trained, statistics, adam.first, adam.second, ...pending]);
  }
}

function batchLabels(images: ImageSet, batch: Uint32Array): Uint8Array {
  return Uint8Array.from(batch, (index) => images.labels[index] ?? 0);
}

async function readLosses(pending: readonly Scalar[]): Promise<number[]> {
  const stacked = tf.tidy(() => tf.stack([...pending]));
  try {
    return [...(await stacked.data())];
  } finally {
    stacked.dispose();
  }
}
