/** Sizes of the chart to draw on, in CSS pixels: letters grow in a presentation. */
import { useViewState } from "../view/services";

interface ChartSizes {
  readonly penaltyHeight: number;
  readonly valueAxisWidth: number;
  /** Below the chart, for the layers' names. */
  readonly namesHeight: number;
  /** From the chart's edge to the foot of their letters. */
  readonly namesDrop: number;
}

const onPage: ChartSizes = {
  penaltyHeight: 300,
  valueAxisWidth: 44,
  namesHeight: 24,
  namesDrop: 10,
};

export function useChartSizes(): ChartSizes {
  if (useViewState().view.mode !== "present") return onPage;
  // The question and the buttons are on the same screen.
  const penaltyHeight = Math.round(0.5 * window.innerHeight);
  return { penaltyHeight, valueAxisWidth: 76, namesHeight: 40, namesDrop: 18 };
}
