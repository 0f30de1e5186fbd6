/** Links a chart to the layer that is looked at, and its points to the inspector. */
import { useMemo, type ReactElement } from "react";
import { useInspect, useLayer } from "../../view/result-contexts";

/** What recharts knows of the pointer. */
interface Pointed {
  readonly activeLabel?: string | number | undefined;
}

export function usePointer() {
  const { layer, choose, pointAt } = useLayer();
  const pointer = useMemo(() => {
    const at = ({ activeLabel }: Pointed): number | null =>
      activeLabel === undefined ? null : Number(activeLabel);
    return {
      onMouseMove(state: Pointed) {
        pointAt(at(state));
      },
      onMouseLeave() {
        pointAt(null);
      },
      onClick(state: Pointed) {
        const layer = at(state);
        if (layer !== null) choose(layer);
      },
    };
  }, [choose, pointAt]);
  return { layer, pointer };
}

/** What recharts knows of the point under the pointer. */
export interface ActiveDot {
  readonly cx?: number | undefined;
  readonly cy?: number | undefined;
  readonly payload?: { readonly at: number } | undefined;
}

interface Props extends ActiveDot {
  readonly fill: string;
  readonly curve: number;
}

/** The point under the pointer; a click on it opens the inspector. */
export function InspectDot({ cx, cy, fill, payload, curve }: Props): ReactElement {
  const inspect = useInspect();
  return (
    <circle
      className="chart-point"
      {...{ cx, cy, fill }}
      r={6}
      onClick={() => {
        if (payload) inspect?.({ curve, site: payload.at });
      }}
    />
  );
}
