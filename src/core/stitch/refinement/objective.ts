/**
 * What a stitch is trained for: a loss of the stitched network, by what the top is shown at the site.
 *
 * | name | loss of an image | source |
 * | --- | --- | --- |
 * | task | cross-entropy of the logits | Bansal, Nakkiran & Barak 2021, sec. 2 |
 * | functional | distance from what the top itself has, at the site and every tap after it | Athanasiadis, Karmush & Felsberg 2025, "Model Stitching by Functional Latent Alignment" |
 * | penultimate | the same, at the last tap alone | ours, in their terms |
 *
 * Distances are squared, in units of the representation's variance: at each tap ‖ŷ − y‖² / E‖y − ȳ‖²,
 * with ȳ each channel's mean over images and positions, so that every tap counts alike and 1 is as far
 * as that mean. They know no labels.
 */
import type { ImageSet } from "../../data/image-set";
import { imageBatch } from "../../data/images";
import { targetBatch } from "../../data/targets";
import { classesOf } from "../../nets/architecture";
import type { FrozenNetwork } from "../../nets/network";
import { kernels } from "../../tensor/backend";
import {
  tf,
  type Rank,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from "../../tensor/tf";
import { lossAbove } from "../training/gradient";
import { varianceSums } from "./variance";

export type TrainedObjective = "functional" | "penultimate";

/** Bound to a top, a site and images. */
export interface Objective {
  /**
   * What the loss compares with.
   *
   * @param indices images, in order
   * @param rows the batch's size; what is beyond `indices` means nothing
   * @returns a tensor that the caller disposes
   */
  reference(indices: Uint32Array, rows?: number): Tensor;
  /**
   * To be called inside a `tidy`.
   *
   * @param z [n, h, w, c₂] the stitch's output
   * @returns mean loss, and its gradient with respect to z as rows, [n h w, c₂]
   */
  lossAbove(z: Tensor4D, reference: Tensor): { loss: Scalar; dz: Tensor2D };
  /**
   * To be called inside a `tidy`.
   *
   * @returns the loss of each image [n], and the logits [n, classes]
   */
  scores(z: Tensor4D, reference: Tensor): { losses: Tensor1D; logits: Tensor2D };
}

/** Cross-entropy, in nats. */
export function taskObjective(images: ImageSet, top: FrozenNetwork, tap: number): Objective {
  const classes = classesOf(top.architecture);
  return {
    reference: (indices, rows) => targetBatch(images, indices, classes, rows),
    lossAbove: (z, reference) => lossAbove(z, reference as Tensor2D, top, tap),
    scores(z, reference) {
      const logits = top.top(z, tap);
      return { losses: kernels().crossEntropies(logits, reference as Tensor2D), logits };
    },
  };
}

/** Images that the taps' variances are measured on, at most. */
const varianceImages = 1_024;

/**
 * @param rows images that pass at a time
 * @param fit images, the first, that variances may be measured on
 */
export async function distanceObjective(
  name: TrainedObjective,
  images: ImageSet,
  top: FrozenNetwork,
  tap: number,
  { rows, fit }: { readonly rows: number; readonly fit: number },
): Promise<Objective> {
  const variances = await variancesFrom(images, top, tap, Math.min(fit, varianceImages), rows);
  const counted = (k: number): boolean => name === "functional" || k === variances.length - 1;
  // A tap that never changes says nothing.
  const weights = variances.map((variance, k) => (counted(k) && variance > 0 ? 1 / variance : 0));

  const traced = (z: Tensor4D, reference: Tensor) => {
    const wanted = top.representationsFrom(reference as Tensor4D, tap);
    const { outputs, pullback, logits } = top.traceTaps(z, tap);
    const apart = outputs.map((output, k) => {
      const target = wanted[k];
      return target && weights[k] ? tf.sub<Tensor4D>(output, target) : undefined;
    });
    const [n] = z.shape;
    const losses = apart.reduce<Tensor1D>(
      (sum, difference, k) =>
        difference
          ? tf.add(sum, tf.mul(tf.sum(tf.square(flat(difference)), 1), weights[k] ?? 0))
          : sum,
      tf.zeros([n]),
    );
    return { losses, apart, pullback, logits };
  };
  return {
    reference: (indices, rows) => imageBatch(images, indices, rows),
    lossAbove(z, reference) {
      const [n, h, w, c2] = z.shape;
      const { losses, apart, pullback } = traced(z, reference);
      const gradients = apart.map(
        (difference, k) => difference && tf.mul<Tensor4D>(difference, (2 * (weights[k] ?? 0)) / n),
      );
      return {
        loss: tf.mean(losses),
        dz: tf.reshape<Rank.R2>(pullback(gradients), [n * h * w, c2]),
      };
    },
    scores(z, reference) {
      const { losses, logits } = traced(z, reference);
      return { losses, logits: logits() };
    },
  };
}

/** [n, h, w, c] as one row an image. */
function flat(x: Tensor4D): Tensor2D {
  const [n] = x.shape;
  return tf.reshape<Rank.R2>(x, [n, x.size / n]);
}

/** E‖y − ȳ‖² at the site and every tap after it, on the first `count` images. */
async function variancesFrom(
  images: ImageSet,
  top: FrozenNetwork,
  tap: number,
  count: number,
  rows: number,
): Promise<number[]> {
  const sums = varianceSums();
  try {
    for (let start = 0; start < count; start += rows) {
      const indices = Uint32Array.from(
        { length: Math.min(rows, count - start) },
        (_, k) => start + k,
      );
      const found = tf.tidy(() =>
        sums.ofBatch(top.representationsFrom(imageBatch(images, indices), tap)),
      );
      try {
        sums.add(await Promise.all(found.map((tensor) => tensor.data<"float32">())));
      } finally {
        tf.dispose(found);
      }
    }
  } finally {
    sums.dispose();
  }
  return sums.perImage(count);
}
