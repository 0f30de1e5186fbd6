/**
 * Protocols: how stitches are trained and scored.
 *
 * | name | start | training | source |
 * | --- | --- | --- | --- |
 * | `glance` | least squares | none | direct matching, Csiszárik et al. 2021, sec. 3 |
 * | `quick` | least squares | refinement until it has settled | ours, see `core/stitch/refinement/rounds.ts` |
 * | `paper` | random | Adam, 1e-3, cosine | Bansal, Nakkiran & Barak 2021, appendix B |
 *
 * A larger kernel is no affine map, which refinement is of: `quick` starts it from the
 * least-squares stitch at its centre and trains it as the paper does, all epochs.
 */
import * as z from "../core/schema";

export const protocolNames = ["glance", "quick", "paper"] as const;
export const protocolNameSchema = z.enum(protocolNames);
export type ProtocolName = z.infer<typeof protocolNameSchema>;

/**
 * `refinement` starts from the least-squares stitch and takes at most the spec's epochs; `paper`
 * starts from random weights and takes all of them.
 */
export const trainingSchema = z.enum(["refinement", "paper"]);
type Training = z.infer<typeof trainingSchema>;

/** Adam's first rate in `paper`; half a cosine takes it to 0. */
export const paperRate = 1e-3;

/** Everything about a protocol that a spec does not change. */
export interface Protocol {
  readonly name: ProtocolName;
  /** One sentence for people. */
  readonly summary: string;
  readonly training: "none" | Training;
  /** What a spec gets when it does not say. */
  readonly defaults: {
    readonly trainImages: number;
    readonly testImages: number;
    readonly epochs: number;
  };
}

export const protocols = {
  glance: {
    name: "glance",
    summary: "Least-squares stitches and CKA only; nothing is trained.",
    training: "none",
    defaults: { trainImages: 2_000, testImages: 2_000, epochs: 0 },
  },
  quick: {
    name: "quick",
    summary: "Trains from the least-squares stitch until held-out accuracy stops improving.",
    training: "refinement",
    defaults: { trainImages: 2_000, testImages: 2_000, epochs: 4 },
  },
  paper: {
    name: "paper",
    summary: "Starts from random weights, as Bansal, Nakkiran & Barak 2021 did. Slow.",
    training: "paper",
    defaults: { trainImages: 10_000, testImages: 10_000, epochs: 10 },
  },
} as const satisfies Record<ProtocolName, Protocol>;

/**
 * Images in a batch, for training, scoring and similarity. Fixed, so that every backend compiles
 * one set of shapes. A smaller last batch is dropped in training and padded in scoring.
 */
export const batchSize = 128;

/**
 * Whether images pass a network in whole batches, however much memory that takes: no number of an
 * experiment with CIFAR-10 depends on the memory. Larger images pass a few at a time where a batch
 * does not fit, and the sums over it are the same up to rounding.
 */
export function passesWhole({ height, width }: { height: number; width: number }): boolean {
  return height * width <= 32 * 32;
}
