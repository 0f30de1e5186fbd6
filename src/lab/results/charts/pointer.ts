/** Links a chart to the layer that is looked at. */
import { useMemo } from "react";
import { useLayer } from "../../view/layer-context";

/** What recharts tells of the pointer. */
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
