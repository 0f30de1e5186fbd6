/** Compares augmented images with every crop that there is of the image. */
import { beforeAll, expect, test } from "vitest";
import { imageBatch } from "../../../../src/core/data/images";
import { seeded } from "../../../../src/core/random/generator";
import { augmentedBatch } from "../../../../src/core/training/augmented-batch";
import { tf, type Tensor3D } from "../../../../src/core/tensor/tf";
import { useBackend } from "../../backend";
import { randomImages } from "../../fixtures";

beforeAll(() => useBackend("cpu"));

test("each image is one crop of its padded self, mirrored or not, and all of them occur", () => {
  const images = randomImages(2);
  const draws = 400;
  const indices = Uint32Array.from({ length: draws }, (_, draw) => draw % 2);
  const crops = new Map<string, string>();
  for (const index of [0, 1]) {
    const image = tf.squeeze<Tensor3D>(imageBatch(images, Uint32Array.of(index)), [0]);
    const padded = tf.pad(image, [
      [4, 4],
      [4, 4],
      [0, 0],
    ]);
    for (let y = 0; y <= 8; y++) {
      for (let x = 0; x <= 8; x++) {
        const crop = tf.slice(padded, [y, x, 0], [32, 32, 3]);
        crops.set(text(crop), `${index}: ${y}, ${x}`);
        crops.set(text(tf.reverse(crop, 1)), `${index}: ${y}, ${x}, mirrored`);
      }
    }
  }
  expect(crops.size).toBe(2 * 81 * 2);
  const batch = augmentedBatch(images, indices, seeded(7));
  const found = tf.unstack(batch).map((image) => crops.get(text(image as Tensor3D)));
  found.forEach((name, draw) => expect(name?.startsWith(`${draw % 2}: `)).toBe(true));
  // 400 of 324 crops: about 71% are drawn once or more.
  expect(new Set(found).size).toBeGreaterThan(200);
  expect(found.filter((name) => name?.endsWith("mirrored")).length).toBeGreaterThan(150);
});

function text(image: Tensor3D): string {
  return image.dataSync().join(" ");
}
