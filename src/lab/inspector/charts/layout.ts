/** Sizes of the inspector's charts, in CSS pixels. */

/** Around a drawing. */
export const chartMargin = { top: 8, right: 12, bottom: 4, left: 0 };

/** Of every value axis. */
export const valueAxisWidth = 44;
