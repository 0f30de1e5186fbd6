/** The index of the zoo, `public/zoo/manifest.json`, written by `zoo/export.py`. */
import { z } from "zod";
import { architectureSchema } from "../nets/architecture";

const modelSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  file: z.string().regex(/^[a-z0-9-]+\.safetensors$/),
  sizeBytes: z.int().positive(),
  /** SHA-256 of the file, in hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  architecture: architectureSchema,
  /** A plain sentence for people. */
  summary: z.string(),
  /** Fraction of `testImages` classified wrongly, measured with PyTorch after rounding to float16. */
  testError: z.number().min(0).max(1),
  testImages: z.int().positive(),
  /** Of a network trained on attacked images: its error on attacked test images. */
  robust: z
    .strictObject({
      /** In words: "PGD, 10 steps of 2/255 …". */
      attack: z.string(),
      testError: z.number().min(0).max(1),
    })
    .optional(),
  training: z.strictObject({
    recipe: z.string(),
    seed: z.int(),
    data: z.string(),
    epochs: z.int().nonnegative(),
    seconds: z.int().nonnegative(),
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
