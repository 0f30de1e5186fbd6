/**
 * Further curves as text, for addresses and the command line: `BOTTOM`, `BOTTOM,TOP` or `BOTTOM,TOP,SEED`. What is
 * left out is the first curve's.
 */
import { wholeNumber } from "./numbers";
import type { Curve } from "./spec";

/** Between curves, in an address. */
export const curveSeparator = ";";

/** The shortest text that says it. */
export function writeCurve({ bottom, top, seed }: Curve, first: Curve): string {
  if (seed !== first.seed) return [bottom, top, String(seed)].join(",");
  return top === first.top ? bottom : [bottom, top].join(",");
}

/** @returns null where the text is no curve; the names are not looked up */
export function readCurve(text: string, first: Curve): Curve | null {
  const [bottom = "", top = first.top, seedText = String(first.seed), ...more] = text.split(",");
  const seed = wholeNumber(seedText);
  if (bottom === "" || top === "" || seed === null || more.length > 0) return null;
  return { bottom, top, seed };
}
