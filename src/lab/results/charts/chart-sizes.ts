/** Sizes of the charts: letters grow in a presentation. */
import { useSyncExternalStore } from "react";
import { useViewState } from "../../view/services";
import { pageSizes, type ChartSizes } from "./layout";

const presented: Omit<ChartSizes, "penaltyHeight" | "similarityHeight"> = {
  valueAxisWidth: 76,
  namesHeight: 40,
  namesDrop: 18,
  labelsWidth: 314,
  lineHeight: 28,
};

export function useChartSizes(): ChartSizes {
  if (useViewState().view.mode !== "present") return pageSizes;
  // A small projector shows a chart and its explanation at once.
  const { innerHeight } = window;
  return {
    ...presented,
    penaltyHeight: Math.min(400, Math.round(0.42 * innerHeight)),
    similarityHeight: Math.min(260, Math.round(0.3 * innerHeight)),
  };
}

/** A window that is wide enough for names next to the curves. */
const roomy = "(min-width: 1000px)";

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(roomy);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

/** Whether names of curves have room next to them; elsewhere only the legend names them. */
export function useRoomForLabels(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(roomy).matches);
}
