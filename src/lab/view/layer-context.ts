/** The layer that is looked at: what the drawing, the charts and the table have in common. */
import { createContext, useContext } from "react";

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
