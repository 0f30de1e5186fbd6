/**
 * Stitch families by name: which maps from B's representation to A's a stitch may be.
 *
 * | name | maps | found by |
 * | --- | --- | --- |
 * | `affine` | BatchNorm → 1×1 convolution → BatchNorm, the paper's | the protocol |
 * | `identity`, `permutation`, `orthogonal` | see `core/stitch/families` | closed form |
 * | `rank-R` | affine maps through at most R directions | closed form |
 * | `trained-rank-R` | `affine` with weights of rank at most R | the paper's training of two factors; in `quick` from `rank-R` |
 * | `fresh-top` | none: A's layers above the site are trained from scratch on B's representation | the protocol's epochs |
 * | `kernel-K` | BatchNorm → K×K convolution → BatchNorm | the paper's training; in `quick` from least squares |
 * | `sparse-S` | `affine` with the share S of the convolution's weights, the others 0 | likewise, pruned in rounds |
 */
import * as z from "../core/schema";
import { inputOf } from "../core/nets/architecture";
import type { Architecture } from "../core/nets/architecture-schema";
import { kernelSides, type KernelSide } from "../core/stitch/parameters";
import { passesWhole } from "./protocol";

/** A family that is found in closed form and never trained. */
export type ClosedFamily = "identity" | "permutation" | "orthogonal" | `rank-${number}`;
export type Family =
  | "affine"
  | "fresh-top"
  | ClosedFamily
  | `kernel-${KernelSide}`
  | `sparse-${number}`
  | `trained-rank-${number}`;

const closedFamilyPattern = /^(identity|permutation|orthogonal|rank-[1-9]\d{0,3})$/;
const trainedRankPattern = /^trained-rank-([1-9]\d{0,3})$/;
/** One spelling for one share: no zeros at the end. */
const sparsePattern = /^sparse-(1|0\.\d{0,3}[1-9])$/;

export const closedFamilySchema = z.custom<ClosedFamily>(
  (value) => typeof value === "string" && isClosedForm(value),
  "a family in closed form",
);

export const familySchema = z.custom<Family>(
  (value) =>
    typeof value === "string" &&
    (value === "affine" || isClosedForm(value) || mustBeTrained(value)),
  "affine, identity, permutation, orthogonal, rank- and a number, kernel- and 3, 5, 7 or 9, sparse- and a share such as 0.1, trained-rank- and a number, or fresh-top",
);

/** Families that a page lists; any other rank or share may be asked for. */
export const familyChoices: readonly Family[] = [
  "affine",
  "kernel-3",
  "kernel-5",
  "kernel-7",
  "kernel-9",
  "sparse-0.5",
  "sparse-0.25",
  "sparse-0.1",
  "sparse-0.05",
  "sparse-0.02",
  "orthogonal",
  "permutation",
  "identity",
  "rank-1",
  "rank-4",
  "rank-16",
  "rank-64",
  "trained-rank-1",
  "trained-rank-4",
  "trained-rank-16",
  "fresh-top",
];

/** The side of a larger kernel; undefined for the other families. */
export function kernelSide(family: string): KernelSide | undefined {
  return kernelSides.find((side) => family === `kernel-${side}`);
}

/** The S of `sparse-S`, in (0, 1]: the share of connections; undefined for the other families. */
export function shareOf(family: string): number | undefined {
  const [, share] = sparsePattern.exec(family) ?? [];
  return share === undefined ? undefined : Number(share);
}

/** The R of `trained-rank-R`; undefined for the other families. */
export function trainedRankOf(family: string): number | undefined {
  const [, rank] = trainedRankPattern.exec(family) ?? [];
  return rank === undefined ? undefined : Number(rank);
}

/** Whether a family has no stitch before training. */
export function mustBeTrained(family: string): boolean {
  return (
    family === "fresh-top" ||
    [kernelSide(family), shareOf(family), trainedRankOf(family)].some((of) => of !== undefined)
  );
}

/**
 * Whether a network's upper layers can be trained from scratch: those of a network whose parameters
 * have PyTorch's names, for images of at most 32 × 32 pixels.
 */
export function hasFreshTop(architecture: Architecture): boolean {
  return architecture.family !== "graph" && passesWhole(inputOf(architecture));
}

/** Whether a family's stitch follows from moments alone. */
export function isClosedForm(family: string): family is ClosedFamily {
  return closedFamilyPattern.test(family);
}

/** The r of `rank-R`; undefined for the other families. */
export function rankOf(family: ClosedFamily): number | undefined {
  const [, rank] = /^rank-(\d+)$/.exec(family) ?? [];
  return rank === undefined ? undefined : Number(rank);
}
