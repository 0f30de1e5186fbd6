/** The flags of the growth lines. */
import { parseArgs } from "node:util";
import { z } from "zod";
import { testImagesSchema, trainImagesSchema } from "../../src/experiment/spec";
import { axisNames } from "./axes";

const count = z.string().regex(/^\d+$/, "a whole number").transform(Number);
const list = z.string().transform((text) => text.split(","));

const optionsSchema = z.strictObject({
  /** The axes to measure. */
  only: list.pipe(z.array(z.enum(axisNames)).min(1)),
  rounds: count.pipe(z.int().positive()),
  images: list.pipe(z.array(count.pipe(trainImagesSchema)).min(2)),
  "train-images": count.pipe(trainImagesSchema),
  "test-images": count.pipe(testImagesSchema),
  /** The most workers; the other axes use as many. */
  workers: count.pipe(z.int().min(2)),
  out: z.string(),
});

const defaults: Record<keyof z.input<typeof optionsSchema>, string> = {
  only: axisNames.join(","),
  rounds: "3",
  images: "1000,2000,4000,8000",
  "train-images": "2000",
  "test-images": "1000",
  workers: "2",
  out: "bench/results/growth.json",
};

/** @throws Error naming the flag that is unknown or does not fit */
export function readOptions(argv: readonly string[]): z.infer<typeof optionsSchema> {
  const { values } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      Object.entries(defaults).map(([name, value]) => [name, { type: "string", default: value }]),
    ),
  });
  return optionsSchema.parse(values);
}
