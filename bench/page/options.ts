/** The flags of the page's measurements. */
import * as z from "../../src/core/schema";
import { positiveNumber, readFlags, wholeNumber } from "../flags";
import { protocolNameSchema } from "../../src/experiment/protocol";
import { testImagesSchema, trainImagesSchema } from "../../src/experiment/limits";
import { siteListSchema } from "../../src/experiment/spec";

const optionsSchema = z.strictObject({
  protocol: protocolNameSchema,
  taps: z.union([
    z.literal("all"),
    z.pipe(
      z.pipe(
        z.string(),
        z.transform((list) => list.split(",").map(Number)),
      ),
      siteListSchema,
    ),
  ]),
  "train-images": z.pipe(wholeNumber, trainImagesSchema),
  "test-images": z.pipe(wholeNumber, testImagesSchema),
  /** Visits, each in a fresh browser. */
  rounds: positiveNumber,
  out: z.string(),
});

const defaults: Record<keyof z.input<typeof optionsSchema>, string> = {
  protocol: "quick",
  taps: "all",
  "train-images": "2000",
  "test-images": "2000",
  rounds: "3",
  out: "bench/results/page.json",
};

/** @throws Error naming the flag that is unknown or does not fit */
export function readOptions(argv: readonly string[]): z.infer<typeof optionsSchema> {
  return readFlags(optionsSchema, defaults, argv);
}
