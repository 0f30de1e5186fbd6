/** Schemas of fields that results and checkpoints of several kinds share. */
import type { ClassIndices } from "../../core/data/form";
import * as z from "../../core/schema";
import { kernelSides } from "../../core/stitch/parameters";

// `custom`, not `instanceof`, which would insist on a buffer that is not shared.
export const doubles = z.custom<Float64Array>((value) => value instanceof Float64Array);
const floats = z.custom<Float32Array>((value) => value instanceof Float32Array);
export const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
/** [n] class indices: bytes for up to 255 classes */
export const classIndices = z.custom<ClassIndices>(
  (value) => value instanceof Uint8Array || value instanceof Uint16Array,
);

/** The graphics card that computed it; absent on a CPU, and from results of older versions. */
export const adapter = z.optional(z.string());

/** What scoring finds for every image. */
export const scores = {
  /** [n] 1 where an image is classified wrongly, else 0. */
  wrong: bytes,
  /** [n] the predicted class of each image; absent from results of older versions. */
  predicted: z.optional(classIndices),
};

/** Parameters of a stitch. See `core/stitch/parameters.ts`. */
export const parametersSchema = z.strictObject({
  source: z.int().check(z.positive()),
  target: z.int().check(z.positive()),
  side: z.optional(z.literal(kernelSides)),
  gamma1: floats,
  beta1: floats,
  mean1: floats,
  variance1: floats,
  weight: floats,
  gamma2: floats,
  beta2: floats,
  mean2: floats,
  variance2: floats,
});
