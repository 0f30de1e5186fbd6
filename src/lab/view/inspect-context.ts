/** How components open the inspector. */
import { createContext, useContext } from "react";
import type { StitchRef } from "../../engine/host/inspect";

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
