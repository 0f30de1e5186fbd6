/** An author's results beside those that were computed here. */

/** What there is of one layer. */
export interface Found {
  /** As fractions; null until it is computed. */
  readonly penalty: { readonly value: number; readonly standardError: number } | null;
  /** Why there is no stitch; null where there is one, or may be. */
  readonly failure: object | null;
}

/**
 * How far two results of one experiment may lie apart and still be called the same.
 *
 * The images, the seed and the order are the same, so that only rounding differs between devices.
 * Least-squares stitches hardly feel it; training carries it on until the stitch ends elsewhere, as
 * good, and wrong on other images. Between our devices and PyTorch that made 0.01 points
 * (docs/validation.md); 0.2 leaves room for devices that we have not seen. On few test images a
 * stitch that is as good is wrong on that many others by chance: one standard error of the penalty
 * is what that makes.
 */
export const tolerance = { rounding: 0.002, standardErrors: 1 } as const;

export type Comparison =
  | { readonly status: "not-yet" }
  | { readonly status: "same" }
  /** Here minus the author's, as a fraction. */
  | { readonly status: "differs"; readonly by: number }
  /** Only one of the two has a stitch at this layer. */
  | { readonly status: "one-has-none"; readonly who: "author" | "here" };

/** @param author the author's penalty as a fraction; null where the author found no stitch */
export function comparison(author: number | null, { penalty, failure }: Found): Comparison {
  if (failure !== null) {
    return author === null ? { status: "same" } : { status: "one-has-none", who: "here" };
  }
  if (penalty === null) return { status: "not-yet" };
  if (author === null) return { status: "one-has-none", who: "author" };
  const by = penalty.value - author;
  const most = tolerance.rounding + tolerance.standardErrors * penalty.standardError;
  // Whether a difference of exactly this much counts must not hang on how it is rounded.
  return Math.abs(by) <= most + 1e-9 ? { status: "same" } : { status: "differs", by };
}
