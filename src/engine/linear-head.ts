/** Linear heads of trunks: the request to fit one, and what is known of one. */
import * as z from "../core/schema";
import type { DataManifest } from "../core/data/manifest";
import type { GivenFile } from "../core/nets/linear-head";
import { dataSetRefSchema } from "../experiment/data-sets";
import type { BackendName } from "../experiment/report";

export interface HeadRequest {
  readonly backend: BackendName;
  readonly trunk: GivenFile;
  /** SHA-256 of the trunk's file, in hexadecimal. */
  readonly trunkSha256: string;
  /** The data set, as a spec names it. */
  readonly dataRef: string;
  readonly data: DataManifest;
  /** Folder of the shards, ending in a slash. */
  readonly dataFolder: string;
}

const images = z.int().check(z.positive());

const fittedHeadSchema = z.object({
  type: z.literal("fitted"),
  data: dataSetRefSchema,
  trainImages: images,
  testImages: images,
  /** Fraction of the test images that the network classifies wrongly. */
  testError: z.number().check(z.minimum(0), z.maximum(1)),
});
export type FittedHead = z.infer<typeof fittedHeadSchema>;

/** The head of a network that was joined from a trunk and a head. */
export const headSchema = z.discriminatedUnion("type", [
  /** From a file of its own. */
  z.object({ type: z.literal("published"), sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)) }),
  fittedHeadSchema,
]);
