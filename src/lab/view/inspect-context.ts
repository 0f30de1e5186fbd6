/** How views open the inspector, and how it reaches what is stored. */
import { createContext, useContext } from "react";
import type { StitchRef } from "../../engine/host/inspect";
import type { LabEngine } from "../engine/engine-types";

export type StitchSource = Pick<LabEngine, "inspect" | "testImages">;

export const StitchSourceContext = createContext<StitchSource | null>(null);

export function useStitchSource(): StitchSource {
  const source = useContext(StitchSourceContext);
  if (source === null) throw new Error("no source of stitches around this view");
  return source;
}

/** On the table's button of a stitch, so that focus finds it when the inspector has gone there. */
export function stitchName({ curve, site }: StitchRef): string {
  return `${String(curve)}-${String(site)}`;
}

/** Opens the inspector; null where there is nothing to inspect yet. */
export type Inspect = ((stitch: StitchRef) => void) | null;

export const InspectContext = createContext<Inspect>(null);

export function useInspect(): Inspect {
  return useContext(InspectContext);
}
