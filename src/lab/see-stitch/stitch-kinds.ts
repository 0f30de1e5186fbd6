/** The stitches that a visitor can compare, by how they are found. */
import type { AffineMap } from "../../core/stitch/affine-map";
import type { PassageStitch } from "../../engine/passage";

export const stitchKinds = [
  "identity",
  "permutation",
  "low-rank",
  "least-squares",
  "trained",
] as const;
export type StitchKind = (typeof stitchKinds)[number];

/** On the buttons. */
export const kindLabels = {
  identity: "No stitch",
  permutation: "Permutation",
  "low-rank": "Rank k",
  "least-squares": "Least squares",
  trained: "Trained",
} as const satisfies Record<StitchKind, string>;

/** What a kind does, in one line. */
export const kindHints = {
  identity: "A reads B’s channels as they are (the identity).",
  permutation: "Each channel of A reads the one channel of B that it correlates with best.",
  "low-rank": "The best linear map that lets only k directions through.",
  "least-squares": "the affine map that brings B’s activations closest to A’s.",
  trained: "Trained for the task, with both networks frozen.",
} as const satisfies Record<StitchKind, string>;

/** @returns null for a trained stitch that is not there */
export function stitchOf(
  kind: StitchKind,
  rank: number,
  trained: AffineMap | null,
): PassageStitch | null {
  switch (kind) {
    case "low-rank":
      return { type: kind, rank };
    case "trained":
      return trained && { type: kind, map: trained };
    case "identity":
    case "permutation":
    case "least-squares":
      return { type: kind };
    default:
      return kind satisfies never;
  }
}

/** Tells stitches at one site apart. */
export function stitchKey(stitch: PassageStitch): string {
  return stitch.type === "low-rank" ? `rank ${stitch.rank}` : stitch.type;
}

/** Completes "with …". */
export function stitchInWords(stitch: PassageStitch): string {
  switch (stitch.type) {
    case "identity":
      return "no stitch (the identity)";
    case "permutation":
      return "a permutation of channels";
    case "low-rank":
      return `a rank-${stitch.rank} stitch`;
    case "least-squares":
      return "the least-squares stitch";
    case "trained":
      return "the trained stitch";
    default:
      return stitch satisfies never;
  }
}
