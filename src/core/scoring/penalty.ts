/** The stitching penalty and its standard error. */
import { LabError } from "../errors";
import type { WrongFlags } from "./score";

export interface Estimate {
  readonly value: number;
  readonly standardError: number;
}

/** Test error with its binomial standard error. @throws LabError `bad-input` for no images */
export function errorOf(wrong: WrongFlags): Estimate {
  const n = wrong.length;
  if (n === 0) {
    throw new LabError({
      code: "bad-input",
      input: "test images",
      expected: "at least one",
      found: "none",
    });
  }
  const value = wrong.reduce((count, flag) => count + flag, 0) / n;
  return { value, standardError: binomialError(value, n) };
}

/** Returns the standard error of a share in [0, 1] of n images. */
export function binomialError(share: number, n: number): number {
  // A share that was added up may leave [0, 1] by rounding.
  return Math.sqrt(Math.max(0, share * (1 - share)) / n);
}

/**
 * Stitching penalty: error(stitched) − error(A), Bansal, Nakkiran & Barak 2021, definition 1. Both
 * are measured on the same images: the standard error is that of the paired difference, which is
 * smaller than that of two independent errors.
 *
 * @throws LabError `bad-shape` when the flags are for different numbers of images
 */
export function penaltyOf(stitched: WrongFlags, top: WrongFlags): Estimate {
  const n = stitched.length;
  if (n === 0 || n !== top.length) {
    throw new LabError({
      code: "bad-shape",
      input: "wrong flags of the stitched network",
      expected: `${top.length} images, as for the top`,
      found: String(n),
    });
  }
  const value = errorOf(stitched).value - errorOf(top).value;
  let meanSquare = 0;
  stitched.forEach((flag, k) => {
    meanSquare += (flag - (top[k] ?? 0)) ** 2 / n;
  });
  return { value, standardError: Math.sqrt(Math.max(0, meanSquare - value ** 2) / n) };
}
