/** Batches of training images, cropped and flipped at random. */
import { normalisedTables } from "../data/images";
import type { ImageSet } from "../data/image-set";
import type { Generator } from "../random/generator";
import { tf, type Tensor4D } from "../tensor/tf";

/** Rows and columns of zeros around an image before it is cropped. He et al. 2016, section 4.2. */
const padding = 4;

/**
 * Crops each image at a random place after padding it with zeros, and mirrors half of them.
 *
 * @param indices the images, in order
 * @param generator draws three numbers for each image
 * @returns normalised, [n, h, w, c]; the caller disposes it
 */
export function augmentedBatch(
  images: ImageSet,
  indices: Uint32Array,
  generator: Generator,
): Tensor4D {
  const { height, width, channels, pixels } = images;
  const values = new Float32Array(indices.length * height * width * channels);
  const tables = normalisedTables(images);
  indices.forEach((index, place) => {
    const down = generator.below(2 * padding + 1) - padding;
    const right = generator.below(2 * padding + 1) - padding;
    const mirrored = generator.below(2) === 1;
    for (let y = Math.max(0, -down); y < Math.min(height, height - down); y++) {
      const from = (index * height + y + down) * width;
      const to = (place * height + y) * width;
      for (let x = 0; x < width; x++) {
        const column = (mirrored ? width - 1 - x : x) + right;
        if (column < 0 || column >= width) continue;
        for (let c = 0; c < channels; c++) {
          const byte = pixels[(from + column) * channels + c] ?? 0;
          values[(to + x) * channels + c] = tables[c]?.[byte] ?? 0;
        }
      }
    }
  });
  return tf.tensor4d(values, [indices.length, height, width, channels]);
}
