/** What the drawing, the charts and the table share: the layer in view, and the inspector. */
import { createContext, useContext } from "react";
import type { StitchRef } from "../../engine/host/inspect";

export interface LayerChoice {
  /** Pointed at, or else chosen: a place's number; null where none is. */
  readonly layer: number | null;
  readonly choose: (layer: number) => void;
  /** Null when nothing is pointed at any more. */
  readonly pointAt: (layer: number | null) => void;
}

export const LayerContext = createContext<LayerChoice>({
  layer: null,
  choose: () => undefined,
  pointAt: () => undefined,
});

export function useLayer(): LayerChoice {
  return useContext(LayerContext);
}

/** Marks the table's button of a stitch, so that focus returns there from the inspector. */
export function stitchName({ curve, site }: StitchRef): string {
  return `${curve}-${site}`;
}

/** Opens the inspector; null where there is nothing to inspect yet. */
export type Inspect = ((stitch: StitchRef) => void) | null;

export const InspectContext = createContext<Inspect>(null);

export function useInspect(): Inspect {
  return useContext(InspectContext);
}
