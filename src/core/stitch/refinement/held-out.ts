/** The score of a stitch on the images held out of its training. */
import type { ImageSet } from "../../data/image-set";
import { targetClasses } from "../../data/targets";
import { classesOf } from "../../nets/architecture";
import type { FrozenNetwork } from "../../nets/network";
import { tf, type Tensor1D } from "../../tensor/tf";
import { stitched, type DeviceCoordinates } from "./affine-gradient";
import type { BottomActivations } from "../training/bottom-activations";
import type { Objective } from "./objective";

export interface HeldOutScore {
  /** [n] the objective's loss of each image; cross-entropy in nats, unless it has another */
  readonly losses: Float32Array;
  /** Images classified wrongly. */
  readonly wrong: number;
}

/** Images from `first` to the end of the set. */
export interface HeldOut {
  readonly images: ImageSet;
  readonly first: number;
  readonly activations: BottomActivations;
  readonly top: FrozenNetwork;
  readonly objective: Objective;
  readonly batchSize: number;
}

/**
 * Scores a stitch in coordinates; yields after every batch, and returns the score.
 *
 * @param packed see `toCoordinates`; not changed
 */
export async function* scoreHeldOut(
  packed: Tensor1D,
  at: DeviceCoordinates,
  { images, first, activations, top, objective, batchSize }: HeldOut,
): AsyncGenerator<undefined, HeldOutScore> {
  const losses = new Float32Array(images.count - first);
  let wrong = 0;
  const classes = classesOf(top.architecture);
  const answers = targetClasses(images, classes);
  for (let start = first; start < images.count; start += batchSize) {
    const size = Math.min(batchSize, images.count - start);
    const indices = Uint32Array.from({ length: size }, (_, k) => start + k);
    const labels = answers.subarray(start, start + size);
    const scores = tf.tidy(() => {
      const x = activations.batch(indices, batchSize);
      const reference = objective.reference(indices, batchSize);
      const { losses, logits } = objective.scores(stitched(packed, x, at), reference);
      // One readback for both.
      return tf.concat1d([losses, tf.cast<Tensor1D>(tf.argMax(logits, 1), "float32")]);
    });
    try {
      const values = await scores.data();
      for (let row = 0; row < size; row++) {
        losses[start - first + row] = values[row] ?? NaN;
        if (values[batchSize + row] !== labels[row]) wrong++;
      }
    } finally {
      scores.dispose();
    }
    yield undefined;
  }
  return { losses, wrong };
}
