/** What every way of training a stitch is given. */
import type { ImageSet } from "../../data/image-set";
import { labelsOf, oneHot } from "../../data/images";
import { answersFor } from "../../data/labels";
import { classesOf } from "../../nets/architecture";
import type { FrozenNetwork } from "../../nets/network";
import { seeded, shuffled } from "../../random/generator";
import type { Tensor2D, Scalar } from "../../tensor/tf";

export interface TrainingSetting {
  readonly bottom: FrozenNetwork;
  readonly top: FrozenNetwork;
  readonly tap: number;
  readonly images: ImageSet;
  readonly epochs: number;
  readonly batchSize: number;
  /** Decides the order of the images. */
  readonly seed: number;
}

/** Optimiser steps: whole batches only, so that every step has the same shapes. */
export function stepsOf(images: number, epochs: number, batchSize: number): number {
  return Math.floor(images / batchSize) * epochs;
}

/** The order in which an epoch visits `count` images. */
export function epochOrder(count: number, seed: number, epoch: number): Uint32Array {
  return shuffled(count, seeded(seed, epoch));
}

/**
 * What the top is to answer.
 *
 * @returns [n, classes] one-hot; the caller disposes it
 */
export function labelBatch(images: ImageSet, indices: Uint32Array, top: FrozenNetwork): Tensor2D {
  const classes = classesOf(top.architecture);
  return oneHot(answersFor(labelsOf(images, indices), classes), classes);
}

/**
 * Losses stay on the device this many steps: a readback waits for all that was asked for before it.
 */
export const stepsPerReadback = 8;

/** Reads losses back, in order, in nats; the caller disposes them. */
export async function readLosses(pending: readonly Scalar[]): Promise<number[]> {
  // Not stacked before: that would be a program of its own for every number of them.
  const values = await Promise.all(pending.map((loss) => loss.data()));
  return values.map(([loss = NaN]) => loss);
}
