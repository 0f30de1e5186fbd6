/**
 * Further curves as text, for addresses and the command line:
 * `BOTTOM,TOP,SEED,FAMILY,PERTURBATION`, of which the later ones may be left out: they are then the
 * first curve's.
 */
import { perturbationSchema } from "../perturbation";
import { familySchema } from "../family";
import { wholeNumber } from "../numbers";
import type { Curve } from "../spec";

/** Separates curves in an address. */
export const curveSeparator = ";";

/** Returns the shortest text of a curve. */
export function writeCurve(curve: Curve, first: Curve): string {
  const said = partsOf(curve);
  const known = partsOf(first);
  const last = said.findLastIndex((part, k) => k === 0 || part !== known[k]);
  return said.slice(0, last + 1).join(",");
}

function partsOf({ bottom, top, seed, family, perturbation }: Curve): string[] {
  return [bottom, top, String(seed), family, perturbation];
}

/** Reads a curve; networks are not looked up. @returns null where the text is no curve */
export function readCurve(text: string, first: Curve): Curve | null {
  // A training's own commas come before `name=`.
  const parts = text.split(/,(?![a-z-]+=)/);
  if (parts.length > 5 || parts.includes("")) return null;
  const [bottom, top, seedText, familyText, perturbationText] = [
    ...parts,
    ...partsOf(first).slice(parts.length),
  ];
  const seed = wholeNumber(seedText ?? "");
  const family = familySchema.safeParse(familyText).data;
  const perturbation = perturbationSchema.safeParse(perturbationText).data;
  if (!bottom || !top || seed === null || !family || !perturbation) return null;
  return { bottom, top, seed, family, perturbation };
}
