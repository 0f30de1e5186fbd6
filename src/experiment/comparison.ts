/** Compares an author's results with those computed here. */

/** The result at one layer so far. */
export interface Found {
  /** As fractions; null until it is computed. */
  readonly penalty: { readonly value: number; readonly standardError: number | null } | null;
  /** Why there is no stitch; null where there is one, or may be. */
  readonly failure: object | null;
}

/**
 * The difference up to which two results of one experiment count as the same.
 *
 * Images, seed and order are the same, and only rounding differs between devices. It hardly changes
 * least-squares stitches; training amplifies it, and ends at another stitch that is as good but wrong
 * on other images. Between our devices and PyTorch the difference was 0.01 points
 * (docs/validation.md); 0.2 leaves room for other devices. On few test images, equally good stitches
 * differ by chance, by about one standard error of the penalty.
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
  const most = tolerance.rounding + tolerance.standardErrors * (penalty.standardError ?? 0);
  // Rounding must not decide whether a difference of exactly this much counts.
  return Math.abs(by) <= most + 1e-9 ? { status: "same" } : { status: "differs", by };
}
