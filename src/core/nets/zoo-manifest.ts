/** The index of the zoo, `public/zoo/manifest.json`, written by `zoo/export.py`. */
import * as z from "../schema";
import { architectureSchema } from "./architecture-schema";

/**
 * How a network was trained, as far as one would search for it: `labels` are not the images' own,
 * `otherwise` is another objective.
 */
export const trainingKindSchema = z.enum(["usual", "fewer", "labels", "otherwise", "untrained"]);

const modelSchema = z.strictObject({
  id: z.string().check(z.regex(/^[a-z0-9-]+$/)),
  file: z.string().check(z.regex(/^[a-z0-9-]+\.safetensors$/)),
  sizeBytes: z.int().check(z.positive()),
  /** SHA-256 of the file, in hexadecimal. */
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  architecture: architectureSchema,
  /** The data set that it was trained on; absent for CIFAR-10. */
  data: z.optional(z.string().check(z.regex(/^[a-z0-9-]+$/))),
  /** A plain sentence for readers. */
  summary: z.string(),
  /**
   * Fraction of `testImages` classified wrongly, measured with PyTorch after rounding to float16.
   */
  testError: z.number().check(z.minimum(0), z.maximum(1)),
  testImages: z.int().check(z.positive()),
  /** Error on attacked test images, for a network trained on attacked images. */
  robust: z.optional(
    z.strictObject({
      /** For readers: "PGD, 10 steps of 2/255 …". */
      attack: z.string(),
      testError: z.number().check(z.minimum(0), z.maximum(1)),
    }),
  ),
  training: z.strictObject({
    recipe: z.string(),
    /** Absent in manifests written before the field existed. */
    kind: z.optional(trainingKindSchema),
    seed: z.int(),
    data: z.string(),
    epochs: z.int().check(z.nonnegative()),
    seconds: z.int().check(z.nonnegative()),
    hardware: z.string(),
  }),
});

export const zooManifestSchema = z.strictObject({
  version: z.literal(1),
  models: z.array(modelSchema),
});

/** One trained network of the zoo. */
export type ZooModel = z.infer<typeof modelSchema>;
export type ZooManifest = z.infer<typeof zooManifestSchema>;
