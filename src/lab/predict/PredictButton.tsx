/** Covers the results until a curve has been drawn. */
import type { ReactNode } from "react";
import { IfVisible, useViewState, useViewStore } from "../view/services";

export function PredictButton(): ReactNode {
  const { show } = useViewStore();
  if (useViewState().view.predict) return null;
  return (
    <IfVisible part="predict">
      <button type="button" onClick={() => show({ predict: true })}>
        Predict first
      </button>
    </IfVisible>
  );
}
