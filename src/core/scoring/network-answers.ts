/** What a network answers to a set of images, for others to agree with. */
import { classIndices } from "../data/form";
import type { ImageSet, NetworkAnswers } from "../data/image-set";
import { imageBatch } from "../data/images";
import { classesOf } from "../nets/architecture";
import type { FrozenNetwork } from "../nets/network";
import { tf, type Tensor1D, type Tensor2D } from "../tensor/tf";

/** Returns the softmax of a network and its most probable class, for each image. */
export async function networkAnswers(
  network: FrozenNetwork,
  images: ImageSet,
  batchSize: number,
): Promise<NetworkAnswers> {
  const count = classesOf(network.architecture);
  const classes = classIndices(images.count, count);
  const probabilities = new Float32Array(images.count * count);
  for (let start = 0; start < images.count; start += batchSize) {
    const size = Math.min(batchSize, images.count - start);
    const indices = Uint32Array.from({ length: size }, (_, k) => start + k);
    const [softmax, guesses] = tf.tidy(() => {
      // A short last batch is padded: every backend compiles one set of shapes.
      const logits = network.logits(imageBatch(images, indices, batchSize));
      return [
        tf.softmax<Tensor2D>(logits),
        tf.cast<Tensor1D>(tf.argMax(logits, 1), "float32"),
      ] as const;
    });
    try {
      probabilities.set((await softmax.data()).subarray(0, size * count), start * count);
      classes.set((await guesses.data()).subarray(0, size), start);
    } finally {
      tf.dispose([softmax, guesses]);
    }
  }
  return { classes, probabilities };
}
