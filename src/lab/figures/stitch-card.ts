/**
 * The view of what a stitch does, as an entry of the gallery. It computes nothing of its own: it is
 * an experiment that another figure has, with the view open over it.
 */
import type { PresetName } from "../../experiment/figures";

export const stitchCard = {
  /** Whose experiment it opens, and whose neighbour it is. */
  figure: "seeds",
  title: "What the stitch does",
  claim:
    "One image on its way: B’s channels, how the stitch mixes them into A’s, and what the three networks answer.",
} as const satisfies {
  readonly figure: PresetName;
  readonly title: string;
  readonly claim: string;
};
