/** The whole numbers of a spec: their limits, and how people write them. */
import { imagesAtMost } from "./data-sets";
import { protocols } from "./protocol";
import { limits, type Limits } from "./limits";
import { withFirstCurve, type Spec } from "./spec";

export type NumberField = keyof typeof limits;

/** Returns a field's value; the seed is the first curve's. */
export function numberOf(spec: Spec, field: NumberField): number {
  return field === "seed" ? spec.curves[0].seed : spec[field];
}

/** Returns a spec with another value of a field; the seed is the first curve's. */
export function withNumber(spec: Spec, field: NumberField, value: number): Spec {
  return field === "seed" ? withFirstCurve(spec, { seed: value }) : { ...spec, [field]: value };
}

/**
 * The limits of a field, both included. No data set of the lab has more images than it has. A protocol that trains nothing has 0 epochs, others 1 or
 * more.
 */
export function limitsOf(
  field: NumberField,
  { protocol, data }: Pick<Spec, "protocol" | "data">,
): Limits {
  if (field === "trainImages" || field === "testImages") {
    return { ...limits[field], max: imagesAtMost(field, data) };
  }
  if (field !== "epochs") return limits[field];
  return protocols[protocol].defaults.epochs === 0
    ? { min: 0, max: 0 }
    : { ...limits.epochs, min: 1 };
}

/** The number within limits that a text is, or null. */
export function numberWithin(text: string, { min, max }: Limits): number | null {
  const value = wholeNumber(text);
  return value !== null && value >= min && value <= max ? value : null;
}

/** A plain decimal; null for signs, exponents, leading zeros and all else. */
export function wholeNumber(text: string): number | null {
  return /^(0|[1-9]\d{0,15})$/.test(text) ? Number(text) : null;
}
