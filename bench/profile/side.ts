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

/** Two networks of the zoo; the bottom is stitched to the top. */
export const pairSchema = z.object({ top: z.string(), bottom: z.string() });
export type Pair = z.infer<typeof pairSchema>;
export const resnetPair: Pair = { top: "resnet18-w16-s0", bottom: "resnet18-w16-s1" };

/** What a thread of our side is to do: a tap's stitch step each, or null for a forward pass. */
export const threadJobSchema = z.object({
  backend: backendSchema,
  pair: pairSchema,
  pieces: z.array(z.nullable(z.int())),
});
export type ThreadJob = z.infer<typeof threadJobSchema>;

export interface Side {
  /** @param piece index among the pieces of work */
  imagesPerSecond(piece: number): Promise<number>;
  end(): Promise<void>;
}
