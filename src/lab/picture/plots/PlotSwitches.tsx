/** How the plot of errors is shown: as penalties or as a path, on one scale or with strips. */
import type { ReactNode } from "react";
import { useViewState, useViewStore } from "../../view/services";

/** Shows test errors on the path from A to B instead of penalties, or penalties again. */
export function PathSwitch(): ReactNode {
  const { show } = useViewStore();
  const { path } = useViewState().view;
  return (
    <button
      type="button"
      aria-pressed={path}
      title="Test error of A, of every stitched network and of B, instead of penalties"
      onClick={() => show({ path: !path })}
    >
      Path from A to B
    </button>
  );
}

/** Puts controls that are far off the scale on the others’ scale, or back on their own. */
export function ScaleSwitch({ far }: { readonly far: boolean }): ReactNode {
  const { show } = useViewStore();
  const { oneScale } = useViewState().view;
  if (!far && !oneScale) return null;
  return (
    <button
      type="button"
      aria-pressed={oneScale}
      title="All curves on one scale (Z)"
      onClick={() => show({ oneScale: !oneScale })}
    >
      One scale
    </button>
  );
}
