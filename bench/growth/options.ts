/** The flags of the growth lines. */
import * as z from "../../src/core/schema";
import { positiveNumber, readFlags, textList, wholeNumber } from "../flags";
import { testImagesSchema, trainImagesSchema } from "../../src/experiment/limits";
import { axisNames } from "./axes";

const optionsSchema = z.strictObject({
  /** The axes to measure. */
  only: z.pipe(textList, z.array(z.enum(axisNames)).check(z.minLength(1))),
  rounds: positiveNumber,
  /** An interpreter that has PyTorch, which makes the networks of the widths. */
  python: z.string(),
  images: z.pipe(textList, z.array(z.pipe(wholeNumber, trainImagesSchema)).check(z.minLength(2))),
  "train-images": z.pipe(wholeNumber, trainImagesSchema),
  "test-images": z.pipe(wholeNumber, testImagesSchema),
  /** The most workers; the other axes use as many. */
  workers: z.pipe(wholeNumber, z.int().check(z.minimum(2))),
  out: z.string(),
});

const defaults: Record<keyof z.input<typeof optionsSchema>, string> = {
  only: axisNames.join(","),
  rounds: "3",
  python: "python3",
  images: "1000,5000,20000,50000",
  "train-images": "1000",
  "test-images": "1000",
  workers: "2",
  out: "bench/results/growth.json",
};

/** @throws Error naming the flag that is unknown or does not fit */
export function readOptions(argv: readonly string[]): z.infer<typeof optionsSchema> {
  return readFlags(optionsSchema, defaults, argv);
}
