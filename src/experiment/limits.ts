/** The whole numbers that specs hold: their limits, in words and as schemas that say them. */
import * as z from "../core/schema";
import { batchSize } from "./protocol";

/** Both included. */
export interface Limits {
  readonly min: number;
  readonly max: number;
}

/** Those that any experiment has. */
export const limits = {
  trainImages: { min: batchSize, max: 2_000_000 },
  testImages: { min: 1, max: 2_000_000 },
  epochs: { min: 0, max: 1_000 },
  seed: { min: 0, max: 2 ** 31 - 1 },
} as const satisfies Record<string, Limits>;

/** Permutations that tell a similarity from chance. With fewer the 95% level is rough. */
export const permutationLimits: Limits = { min: 200, max: 1_000 };

/** "a whole number from 128 to 50,000" */
export function limitsInWords({ min, max }: Limits): string {
  if (min === max) return min.toLocaleString("en");
  return `a whole number from ${min.toLocaleString("en")} to ${max.toLocaleString("en")}`;
}

/** Accepts the whole numbers within limits. */
export function within(limits: Limits) {
  const error = limitsInWords(limits);
  return z.int({ error }).check(z.minimum(limits.min, { error }), z.maximum(limits.max, { error }));
}

/** As `within`, of their decimals as people type them. */
export function decimalWithin(limits: Limits) {
  const digits = z.string().check(z.regex(/^\d+$/, limitsInWords(limits)));
  return z.pipe(z.pipe(digits, z.transform(Number)), within(limits));
}

export const trainImagesSchema = within(limits.trainImages);
export const testImagesSchema = within(limits.testImages);
export const epochsSchema = within(limits.epochs);
export const permutationsSchema = within(permutationLimits);
export const seedSchema = within(limits.seed);
