/** Covers the results until a curve has been drawn. */
import type { ReactNode } from "react";
import { Shown } from "./Shown";
import { useViewState, useViewStore } from "./view-context";

export function PredictButton(): ReactNode {
  const { show } = useViewStore();
  if (useViewState().view.predict) return null;
  return (
    <Shown part="predict">
      <button
        type="button"
        onClick={() => {
          show({ predict: true });
        }}
      >
        Predict first
      </button>
    </Shown>
  );
}
