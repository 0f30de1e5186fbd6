/** The three pieces of work that an experiment consists of, on batches of random images. */
import { readFile } from "node:fs/promises";
import { closedFormPass } from "../../src/core/closed-form/pass";
import { cifar10Form } from "../../src/core/data/cifar10";
import type { ImageSet } from "../../src/core/data/image-set";
import { imageBatch } from "../../src/core/data/images";
import { frozenNetwork } from "../../src/core/nets/network";
import { seeded } from "../../src/core/random/generator";
import { randomStart } from "../../src/core/stitch/parameters";
import { trainStitch } from "../../src/core/stitch/training/train";
import { tf } from "../../src/core/tensor/tf";
import { parseSafetensors } from "../../src/core/weights/safetensors";
import type { ModelFile } from "../../src/engine/messages";

export interface Workload {
  readonly name: string;
  run(): Promise<void>;
  /**
   * The same on a few images: makes what is kept after its first use, without the time of a whole
   * batch.
   */
  runSmall(): Promise<void>;
}

const smallBatch = 4;

export async function workloads(
  models: { readonly top: ModelFile; readonly bottom: ModelFile },
  tap: number,
  batchSize: number,
  batches = 1,
): Promise<Workload[]> {
  const [top, bottom] = await Promise.all(
    [models.top, models.bottom].map(async ({ path, id, architecture }) => {
      const state = parseSafetensors(new Uint8Array(await readFile(path)), id);
      return frozenNetwork(state, architecture);
    }),
  );
  if (!top || !bottom) throw new Error("two networks");
  const start = randomStart(
    bottom.taps[tap]?.channels ?? 0,
    top.taps[tap]?.channels ?? 0,
    seeded(0),
  );
  const plan = { start, bottom, top, tap, epochs: 1, peakRate: 1e-3, seed: 0 };
  const work: Readonly<Record<string, (images: ImageSet, size: number) => Promise<void>>> = {
    "training step": (images, size) => drained(trainStitch({ ...plan, images, batchSize: size })),
    async "forward pass"(images, size) {
      for (let first = 0; first < images.count; first += size) {
        const indices = Uint32Array.from({ length: size }, (_, index) => first + index);
        const logits = tf.tidy(() => top.logits(imageBatch(images, indices)));
        await logits.data();
        logits.dispose();
      }
    },
    "closed-form batch": (images, size) =>
      drained(closedFormPass(bottom, top, images, { first: 0, end: images.count }, size)),
  };
  const images = randomImages(batches * batchSize);
  const fewImages = randomImages(smallBatch);
  return Object.entries(work).map(([name, on]) => ({
    name,
    run: () => on(images, batchSize),
    runSmall: () => on(fewImages, smallBatch),
  }));
}

async function drained(events: AsyncIterable<unknown>): Promise<void> {
  const iterator = events[Symbol.asyncIterator]();
  while (!(await iterator.next()).done);
}

function randomImages(count: number): ImageSet {
  const random = seeded(1);
  const byte = (): number => Math.floor(random.uniform() * 256);
  return {
    count,
    ...cifar10Form,
    labels: Uint8Array.from({ length: count }, () => byte() % 10),
    pixels: Uint8Array.from({ length: count * 32 * 32 * 3 }, byte),
  };
}
