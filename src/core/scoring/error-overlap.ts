/**
 * Whether networks err on the same images. Geirhos, Meding & Wichmann 2020, "Beyond accuracy:
 * quantifying trial-by-trial behaviour of CNNs and humans by measuring error consistency", sec. 2.
 */
import { LabError } from "../errors";

/**
 * Test images by which of three networks get them wrong: at index 4s + 2a + b, with s, a and b 1
 * where the stitched network, A and B are wrong.
 */
export type ErrorOverlap = readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

/**
 * @param stitched [n] 1 where the image is classified wrongly, else 0; likewise the others
 * @throws LabError `bad-shape` when the flags are for different numbers of images
 */
export function errorOverlap(
  stitched: Uint8Array,
  top: Uint8Array,
  bottom: Uint8Array,
): ErrorOverlap {
  for (const [input, flags] of Object.entries({ stitched, bottom })) {
    if (flags.length === top.length) continue;
    throw new LabError({
      code: "bad-shape",
      input: `wrong flags of the ${input} network`,
      expected: `${top.length} images, as for the top`,
      found: String(flags.length),
    });
  }
  const counts: [number, number, number, number, number, number, number, number] = [
    0, 0, 0, 0, 0, 0, 0, 0,
  ];
  stitched.forEach((flag, image) => {
    const place = 4 * flag + 2 * (top[image] ?? 0) + (bottom[image] ?? 0);
    counts[place] = (counts[place] ?? 0) + 1;
  });
  return counts;
}

/** Which two of the three. */
export type NetworkPair = "stitched and top" | "stitched and bottom" | "top and bottom";

const bits = {
  "stitched and top": [4, 2],
  "stitched and bottom": [4, 1],
  "top and bottom": [2, 1],
} as const satisfies Record<NetworkPair, readonly [number, number]>;

/**
 * Error consistency, Cohen's κ of being right or wrong: 1 where two networks err on the same images,
 * 0 where they agree as often as two with their accuracies do by chance (eq. 3).
 *
 * @returns null where chance alone makes them agree on every image
 */
export function errorConsistency(overlap: ErrorOverlap, pair: NetworkPair): number | null {
  const [first, second] = bits[pair];
  const share = (counts: (place: number) => boolean): number =>
    overlap.reduce((sum, count, place) => sum + (counts(place) ? count : 0), 0) /
    overlap.reduce((sum, count) => sum + count, 0);
  const wrong = (bit: number) => (place: number) => (place & bit) > 0;
  const [p, q] = [share(wrong(first)), share(wrong(second))];
  const observed = share((place) => wrong(first)(place) === wrong(second)(place));
  const expected = p * q + (1 - p) * (1 - q);
  return expected < 1 ? (observed - expected) / (1 - expected) : null;
}

/** The share of the stitched network's errors that neither of its two networks makes; null for none. */
export function ownErrors(overlap: ErrorOverlap): number | null {
  const [, , , , alone, withBottom, withTop, withBoth] = overlap;
  const all = alone + withBottom + withTop + withBoth;
  return all > 0 ? alone / all : null;
}
