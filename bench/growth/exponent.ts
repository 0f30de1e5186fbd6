/** How a time grows: the exponent k of t = a xᵏ, by least squares on logarithms. */

export interface Point {
  /** Images, taps, width or workers; above 0. */
  readonly x: number;
  /** Above 0. */
  readonly seconds: number;
}

/** @throws Error when fewer than two different x leave no line to fit */
export function fittedExponent(points: readonly Point[]): number {
  const logs = points.map(({ x, seconds }) => ({ x: Math.log(x), y: Math.log(seconds) }));
  const meanX = mean(logs.map(({ x }) => x));
  const meanY = mean(logs.map(({ y }) => y));
  const variance = mean(logs.map(({ x }) => (x - meanX) ** 2));
  if (!(variance > 0)) throw new Error("an exponent needs times at two different sizes");
  return mean(logs.map(({ x, y }) => (x - meanX) * (y - meanY))) / variance;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
