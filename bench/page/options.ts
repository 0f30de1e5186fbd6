/** The flags of the page's measurements. */
import { parseArgs } from "node:util";
import { z } from "zod";
import { protocolNameSchema } from "../../src/experiment/protocol";
import { tapListSchema, testImagesSchema, trainImagesSchema } from "../../src/experiment/spec";

const count = z.string().regex(/^\d+$/, "a whole number").transform(Number);

const optionsSchema = z.strictObject({
  protocol: protocolNameSchema,
  taps: z.union([
    z.literal("all"),
    z
      .string()
      .transform((list) => list.split(",").map(Number))
      .pipe(tapListSchema),
  ]),
  "train-images": count.pipe(trainImagesSchema),
  "test-images": count.pipe(testImagesSchema),
  /** Visits, each in a fresh browser. */
  rounds: count.pipe(z.int().positive()),
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
  const { values } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      Object.entries(defaults).map(([name, value]) => [name, { type: "string", default: value }]),
    ),
  });
  return optionsSchema.parse(values);
}
