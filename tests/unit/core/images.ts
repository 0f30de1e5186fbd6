/** Small random image sets, for tests that need no real ones. */
import { imageSide } from "../../../src/core/nets/architecture";
import type { ImageSet } from "../../../src/core/data/image-set";
import { seeded } from "../../../src/core/random/generator";

/** Noise with random labels, of the size that the networks read. */
export function randomImages(count: number, seed = 0): ImageSet {
  const generator = seeded(seed);
  const bytes = (size: number, below: number): Uint8Array =>
    Uint8Array.from({ length: size }, () => generator.below(below));
  return {
    count,
    height: imageSide,
    width: imageSide,
    labels: bytes(count, 10),
    pixels: bytes(count * imageSide * imageSide * 3, 256),
  };
}
