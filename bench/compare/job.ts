/** What PyTorch is asked to do: the same stitches from the same start, over the same batches. */
import { relativeRidge } from "../../src/core/stitch/families/least-squares";
import { randomStart } from "../../src/core/stitch/parameters";
import { epochOrder } from "../../src/core/stitch/training/setting";
import { seeded } from "../../src/core/random/generator";
import { tapsOf } from "../../src/core/nets/taps";
import type { ModelFile } from "../../src/engine/messages";
import { startStream } from "../../src/engine/worker/tasks/training";
import { batchSize, paperRate } from "../../src/experiment/protocol";
import type { Options } from "./options";

/** Read by `pytorch.py`; goes there as JSON. */
export interface Job {
  readonly top: ModelFile;
  readonly bottom: ModelFile;
  readonly trainImages: number;
  readonly testImages: number;
  readonly batchSize: number;
  readonly peakRate: number;
  readonly relativeRidge: number;
  readonly threads: number;
  /** Indices of the training images, a row an epoch, in the order the engine visits them. */
  readonly order: readonly (readonly number[])[];
  readonly starts: readonly {
    readonly tap: number;
    readonly source: number;
    readonly target: number;
    /** [source, target] row-major, the engine's random start at this tap */
    readonly weight: readonly number[];
  }[];
}

/** The flags that a job depends on. */
type JobOptions = Pick<
  Options,
  "train-images" | "test-images" | "epochs" | "seed" | "threads" | "taps"
>;

export function jobOf(options: JobOptions, top: ModelFile, bottom: ModelFile): Job {
  const { epochs, seed, threads } = options;
  const trainImages = options["train-images"];
  const sources = tapsOf(bottom.architecture);
  const targets = tapsOf(top.architecture);
  return {
    top,
    bottom,
    trainImages,
    testImages: options["test-images"],
    batchSize,
    peakRate: paperRate,
    relativeRidge,
    threads,
    order: Array.from({ length: epochs }, (_, epoch) => [...epochOrder(trainImages, seed, epoch)]),
    starts: options.taps.map((tap) => {
      const source = sources[tap]?.channels ?? 0;
      const target = targets[tap]?.channels ?? 0;
      const { weight } = randomStart(source, target, seeded(seed, startStream));
      return { tap, source, target, weight: [...weight] };
    }),
  };
}
