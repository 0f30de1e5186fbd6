/** How large the charts are: on the page, and for those who sit in the last row. */
import { useViewState } from "../../view/services";

/** In CSS pixels. */
export interface ChartSizes {
  readonly penaltyHeight: number;
  readonly similarityHeight: number;
  /** Of every value axis, so that the charts' layers stand above each other. */
  readonly valueAxisWidth: number;
  /** Beneath a chart, for the layers' names. */
  readonly namesHeight: number;
  /** From a chart's edge to the foot of their letters. */
  readonly namesDrop: number;
  /** Beside a chart, for the curves' names. */
  readonly labelsWidth: number;
  /** Of a curve's name. */
  readonly lineHeight: number;
}

const onPage: ChartSizes = {
  penaltyHeight: 280,
  similarityHeight: 190,
  valueAxisWidth: 44,
  namesHeight: 24,
  namesDrop: 10,
  labelsWidth: 182,
  lineHeight: 15,
};

const presented: Omit<ChartSizes, "penaltyHeight" | "similarityHeight"> = {
  valueAxisWidth: 76,
  namesHeight: 40,
  namesDrop: 18,
  labelsWidth: 314,
  lineHeight: 28,
};

export function useChartSizes(): ChartSizes {
  if (useViewState().view.mode !== "present") return onPage;
  // A small projector shows a chart and what is said of it at once.
  const { innerHeight } = window;
  return {
    ...presented,
    penaltyHeight: Math.min(400, Math.round(0.42 * innerHeight)),
    similarityHeight: Math.min(260, Math.round(0.3 * innerHeight)),
  };
}
