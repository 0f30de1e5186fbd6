/** Sizes of the charts, in CSS pixels. */

/** Around a drawing. */
export const chartMargin = { top: 8, right: 12, bottom: 4, left: 0 };

/** For the numbers of a value axis. */
export const valueAxisWidth = 44;
