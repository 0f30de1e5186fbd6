/** Limits of whole numbers, both included: in words, and as a schema that says them. */
import * as z from "../core/schema";

export interface Limits {
  readonly min: number;
  readonly max: number;
}

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
