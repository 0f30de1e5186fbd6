/**
 * Whether a network computes with numbers at all: finite weights may overflow float32 in the sums
 * of a layer.
 */
import type { ImageSet } from "../data/image-set";
import { imageBatch } from "../data/images";
import { LabError } from "../errors";
import { seeded } from "../random/generator";
import { tf } from "../tensor/tf";
import { imageChannels, imageSide } from "./architecture";
import type { FrozenNetwork } from "./network";

/** Runs a network on a few fixed images. @throws LabError `bad-file` naming it */
export async function checkFiniteLogits(network: FrozenNetwork, name: string): Promise<void> {
  const found = tf.tidy(() => {
    const images = imageBatch(probeImages, Uint32Array.from(probeImages.labels.keys()));
    const taps = network.representations(images);
    const last = taps.length - 1;
    const logits = taps[last] ? network.top(taps[last], last) : network.logits(images);
    // Where ReLU gives 0 for what is not a number, logits alone do not show it.
    return [...taps.map((tap) => tap.flatten()), logits.flatten()];
  });
  try {
    const values = await Promise.all(found.map((tensor) => tensor.data()));
    for (const [place, numbers] of values.entries()) {
      const wrong = numbers.find((value) => !Number.isFinite(value));
      if (wrong === undefined) continue;
      const tap = network.taps[place];
      throw new LabError({
        code: "bad-file",
        input: name,
        expected: "a network whose numbers stay finite",
        found: `${wrong} ${tap ? `in the output of ${tap.name}` : "among the logits"} for an ordinary image`,
      });
    }
  } finally {
    tf.dispose(found);
  }
}

/** Two images of noise, a black and a white one. */
const probeImages = ofBytes([...noise(2), ...[0, 255].map((value) => () => value)]);

function noise(count: number): (() => number)[] {
  const generator = seeded(0);
  return Array.from({ length: count }, () => () => generator.below(256));
}

/** @param bytes gives the bytes of each image, one after the other */
function ofBytes(bytes: readonly (() => number)[]): ImageSet {
  const length = imageSide ** 2 * imageChannels;
  const pixels = bytes.flatMap((next) => Array.from({ length }, next));
  return {
    count: bytes.length,
    height: imageSide,
    width: imageSide,
    labels: new Uint8Array(bytes.length),
    pixels: Uint8Array.from(pixels),
  };
}
