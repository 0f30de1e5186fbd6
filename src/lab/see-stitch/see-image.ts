/** Opens the view of the stitch with a test image that is shown elsewhere. */
import { createContext, useContext } from "react";
import type { ClassIndices } from "../../core/data/form";
import type { PassageRequest } from "../../engine/passage";

/** The image that enters B. */
export type ChosenImage = PassageRequest["image"];

/** A test image that the view is opened with. */
export interface OpenedImage {
  /** Among all test images. */
  readonly index: number;
  /** [h, w, c] */
  readonly pixels: Uint8Array;
  /** Its class; undefined where it has none. */
  readonly label: number | undefined;
}

/**
 * As it is asked for: the worker has the first test images only.
 *
 * @param labels theirs
 */
export function imageAsked(
  { index, pixels, label }: OpenedImage,
  labels: ClassIndices,
): ChosenImage {
  if (index < labels.length) return { type: "test", index };
  return { type: "own", pixels, ...(label !== undefined && { label }) };
}

/** Null where no stitch is looked into. */
export const SeeImageContext = createContext<((image: OpenedImage) => void) | null>(null);

export function useSeeImage(): ((image: OpenedImage) => void) | null {
  return useContext(SeeImageContext);
}
