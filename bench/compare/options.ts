/** The comparison's flags. */
import * as z from "../../src/core/schema";
import { positiveNumber, readFlags, wholeNumber } from "../flags";
import {
  epochsSchema,
  seedSchema,
  testImagesSchema,
  trainImagesSchema,
} from "../../src/experiment/limits";

const optionsSchema = z.strictObject({
  /** Model ids of the zoo, or paths. */
  top: z.string(),
  bottom: z.string(),
  "train-images": z.pipe(wholeNumber, trainImagesSchema),
  "test-images": z.pipe(wholeNumber, testImagesSchema),
  epochs: z.pipe(wholeNumber, epochsSchema),
  /** Taps where stitches are trained; least squares is compared at all of them. */
  taps: z.pipe(
    z.pipe(
      z.string(),
      z.transform((list) => list.split(",")),
    ),
    z.array(wholeNumber).check(z.minLength(1)),
  ),
  seed: z.pipe(wholeNumber, seedSchema),
  /** Our workers, and PyTorch's threads. */
  threads: positiveNumber,
  /** An interpreter that has PyTorch. */
  python: z.string(),
  out: z.string(),
});
export type Options = z.infer<typeof optionsSchema>;

/** The comparison of issue 2, which a full run does. */
const defaults: Record<keyof z.input<typeof optionsSchema>, string> = {
  top: "resnet18-w16-s0",
  bottom: "resnet18-w16-s1",
  "train-images": "10000",
  "test-images": "10000",
  epochs: "2",
  taps: "4,6,8",
  seed: "0",
  threads: "2",
  python: "python3",
  out: "bench/results/compare.json",
};

/** @throws Error naming the flag that is unknown or does not fit */
export function readOptions(argv: readonly string[]): Options {
  return readFlags(optionsSchema, defaults, argv);
}
