/**
 * Further curves as text, for addresses and the command line:
 * `BOTTOM,TOP,SEED,FAMILY,PERTURBATION,OBJECTIVE`, of which the later ones may be left out: they are then the
 * first curve's.
 */
import { perturbationSchema } from "../perturbation";
import { familySchema } from "../family";
import { objectiveOf, objectiveSchema, withObjective } from "../objective";
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

function partsOf(curve: Curve): string[] {
  const { bottom, top, seed, family, perturbation } = curve;
  return [bottom, top, String(seed), family, perturbation, objectiveOf(curve)];
}

/** Reads a curve; networks are not looked up. @returns null where the text is no curve */
export function readCurve(text: string, first: Curve): Curve | null {
  // A training's own commas come before `name=`.
  const parts = text.split(/,(?![a-z-]+=)/);
  if (parts.length > 6 || parts.includes("")) return null;
  const [bottom, top, seedText, familyText, perturbationText, objectiveText] = [
    ...parts,
    ...partsOf(first).slice(parts.length),
  ];
  const seed = wholeNumber(seedText ?? "");
  const family = familySchema.safeParse(familyText).data;
  const perturbation = perturbationSchema.safeParse(perturbationText).data;
  const objective = objectiveSchema.safeParse(objectiveText).data;
  if (!bottom || !top || seed === null || !family || !perturbation || !objective) return null;
  return { bottom, top, seed, family, perturbation, ...withObjective(objective) };
}
