/**
 * Whether a network computes with numbers at all: finite weights may overflow float32 in the sums
 * of a layer.
 */
import type { ImageSet } from "../data/image-set";
import { imageBatch } from "../data/images";
import { LabError } from "../errors";
import { seeded } from "../random/generator";
import { tf } from "../tensor/tf";
import { hasHead, inputOf } from "./architecture";
import type { ImageShape } from "./architecture-schema";
import type { FrozenNetwork } from "./network";

/** Runs a network on a few fixed images. @throws LabError `bad-file` naming it */
export async function checkFiniteLogits(network: FrozenNetwork, name: string): Promise<void> {
  const found = tf.tidy(() => {
    const probes = probeImages(inputOf(network.architecture));
    const images = imageBatch(probes, Uint32Array.from(probes.labels.keys()));
    const taps = network.representations(images);
    const last = taps.length - 1;
    // Where ReLU gives 0 for what is not a number, logits alone do not show it.
    const all = taps.map((tap) => tap.flatten());
    if (!hasHead(network.architecture)) return all;
    const logits = taps[last] ? network.top(taps[last], last) : network.logits(images);
    return [...all, logits.flatten()];
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
function probeImages(shape: ImageShape): ImageSet {
  const { height, width, channels } = shape;
  const imageBytes = height * width * channels;
  const generator = seeded(0);
  const noise = Uint8Array.from({ length: 2 * imageBytes }, () => generator.below(256));
  const pixels = new Uint8Array(4 * imageBytes).fill(255, 3 * imageBytes);
  pixels.set(noise);
  const normalisation = Array.from({ length: channels }, () => ({ mean: 0.5, deviation: 0.25 }));
  const classes = { names: [], groupings: [] };
  return { ...shape, normalisation, classes, count: 4, labels: new Uint8Array(4), pixels };
}
