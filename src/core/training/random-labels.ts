/** Labels that say nothing of their images, as in Zhang et al. 2017, section 2.1. */
import type { ImageSet } from "../data/image-set";
import { seeded, shuffled } from "../random/generator";

/** Stream of the seed that no epoch has. */
const stream = 900_000;

/**
 * Draws the labels of some images again, from all classes of the data set: the right one may come
 * back. Zhang et al. call them "partially corrupted labels".
 *
 * @param share of the images, in [0, 1]; rounded to whole images
 * @param seed decides which images, and their labels
 * @param classes that the data set has
 */
export function withRandomLabels(
  images: ImageSet,
  share: number,
  seed: number,
  classes: number,
): ImageSet {
  if (share === 0) return images;
  const generator = seeded(seed, stream);
  const labels = images.labels.slice();
  const chosen = shuffled(images.count, generator).subarray(0, Math.round(share * images.count));
  for (const image of chosen) labels[image] = generator.below(classes);
  return { ...images, labels };
}
