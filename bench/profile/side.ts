/** One side of the ratios. */
import * as z from "../../src/core/schema";

export const batchSize = 128;

export const backendSchema = z.enum(["wasm", "webgpu"]);

/**
 * Batches that a worker does at one asking; on a GPU so many that the start of a training does not
 * count.
 */
export const batchesPerRound = { wasm: 4, webgpu: 64 } as const satisfies Record<
  z.infer<typeof backendSchema>,
  number
>;

/** What a thread of our side is to do: a tap's stitch step each, or null for a forward pass. */
export const threadJobSchema = z.object({
  backend: backendSchema,
  pieces: z.array(z.nullable(z.int())),
});
export type ThreadJob = z.infer<typeof threadJobSchema>;

export interface Side {
  /** @param piece index among the pieces of work */
  imagesPerSecond(piece: number): Promise<number>;
}
