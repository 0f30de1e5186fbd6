/** Settings and steps that all kinds of stitch training share. */
import type { ImageSet } from "../../data/image-set";
import { targetBatch } from "../../data/targets";
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
  /** Seed of the images' order. */
  readonly seed: number;
  /** What fits into memory; absent where a whole batch does. */
  readonly fits?: BatchFit | undefined;
}

/** How much of a batch fits into memory. */
export interface BatchFit {
  /**
   * Images that pass at a time; a batch is a multiple of it. A step is the same up to rounding,
   * however many they are.
   */
  readonly rows: number;
  /** Bytes for representations that are kept. */
  readonly cacheBytes: number;
}

/** Number of optimiser steps, with whole batches only: every step has the same shapes. */
export function stepsOf(images: number, epochs: number, batchSize: number): number {
  return Math.floor(images / batchSize) * epochs;
}

/** The order in which an epoch visits `count` images. */
export function epochOrder(count: number, seed: number, epoch: number): Uint32Array {
  return shuffled(count, seeded(seed, epoch));
}

/**
 * Returns what the stitched network should answer to the images of a batch.
 *
 * @returns [n, classes]; the caller disposes it
 */
export function labelBatch(images: ImageSet, indices: Uint32Array, top: FrozenNetwork): Tensor2D {
  return targetBatch(images, indices, classesOf(top.architecture));
}

/** Losses stay on the device for this many steps: a readback waits for all earlier commands. */
export const stepsPerReadback = 8;

/** Reads losses back, in order, in nats; the caller disposes them. */
export async function readLosses(pending: readonly Scalar[]): Promise<number[]> {
  // Not stacked first: every number of losses would need its own program.
  const values = await Promise.all(pending.map((loss) => loss.data()));
  return values.map(([loss = NaN]) => loss);
}
