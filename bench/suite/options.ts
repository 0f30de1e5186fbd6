/** The suite's flags. */
import * as z from "../../src/core/schema";
import { positiveNumber, readFlags, textList, wholeNumber } from "../flags";
import { testImagesSchema, trainImagesSchema } from "../../src/experiment/limits";

export const partNames = ["rates", "penalty", "sweep", "glance", "growth", "page"] as const;

const optionsSchema = z.strictObject({
  /** An interpreter that has PyTorch. */
  python: z.string(),
  only: z.pipe(textList, z.array(z.enum(partNames)).check(z.minLength(1))),
  /** Where the paper's protocol is trained in PyTorch. */
  taps: z.pipe(textList, z.array(wholeNumber).check(z.minLength(1))),
  /** Of the paper's protocol. */
  epochs: positiveNumber,
  /** Of the paper's protocol. */
  "train-images": z.pipe(wholeNumber, trainImagesSchema),
  "test-images": z.pipe(wholeNumber, testImagesSchema),
  /** Training images of `quick`. */
  sizes: z.pipe(textList, z.array(z.pipe(wholeNumber, trainImagesSchema)).check(z.minLength(1))),
  rounds: positiveNumber,
  /** Our workers, and PyTorch's threads. */
  workers: positiveNumber,
  /** Go on with the file of a benchmark that was cut off. */
  resume: z.pipe(
    z.enum(["yes", "no"]),
    z.transform((text) => text === "yes"),
  ),
  /** The folder of the results. */
  out: z.string(),
});
export type Options = z.infer<typeof optionsSchema>;

const defaults: Record<keyof z.input<typeof optionsSchema>, string> = {
  python: "python3",
  only: partNames.join(","),
  taps: "0,1,2,3,4,5,6,7,8",
  epochs: "30",
  "train-images": "10000",
  "test-images": "10000",
  sizes: "2000",
  rounds: "3",
  workers: "2",
  resume: "no",
  out: "bench/results",
};

/** @throws Error naming the flag that is unknown or does not fit */
export function readOptions(argv: readonly string[]): Options {
  return readFlags(optionsSchema, defaults, argv);
}
