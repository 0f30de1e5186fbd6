/** Sizes of the charts on an ordinary page, in CSS pixels. The exported file has the same ones. */

/** Around a drawing. */
export const chartMargin = { top: 8, right: 12, bottom: 4, left: 0 };

/** Room for half a dot, or a bar's end, at the ends of a value axis. */
const valuePadding = 6;

export interface ChartSizes {
  readonly penaltyHeight: number;
  readonly similarityHeight: number;
  /** Of every value axis, which keeps the layers of two charts above each other. */
  readonly valueAxisWidth: number;
  /** Below a chart, for the layers' names. */
  readonly namesHeight: number;
  /** From a chart's edge to the foot of their letters. */
  readonly namesDrop: number;
  /** Next to a chart, for the curves' names. */
  readonly labelsWidth: number;
  /** Of a curve's name. */
  readonly lineHeight: number;
}

export const pageSizes: ChartSizes = {
  penaltyHeight: 280,
  similarityHeight: 190,
  valueAxisWidth: 44,
  namesHeight: 24,
  namesDrop: 10,
  labelsWidth: 182,
  lineHeight: 15,
};
