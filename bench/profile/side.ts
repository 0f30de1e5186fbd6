/** One side of the ratios. */

export const batchSize = 128;

/** Batches that a worker does at one asking. */
export const batchesPerRound = 4;

export interface Side {
  /** @param piece index among the pieces of work */
  imagesPerSecond(piece: number): Promise<number>;
}
