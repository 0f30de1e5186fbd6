/**
 * A curve that a student expects, and how far it lies from the one that was found. All in
 * percentage points.
 */
import type { Row } from "../session/results/rows";

/** By site number; layers without a value are not drawn yet. */
export type Prediction = ReadonlyMap<number, number>;

/** Position of a pen: a place on the layer axis, where the k-th layer is at k, and a value. */
export interface PenPoint {
  readonly at: number;
  readonly value: number;
}

/** No error can change by more. */
const mostPoints = 100;

/** A value as it is kept: to a tenth, and no more than can be. */
export function clampedPoints(value: number): number {
  const within = Math.min(mostPoints, Math.max(-mostPoints, value));
  // Without it −0.04 would be −0.
  return Math.round(10 * within) / 10 + 0;
}

export function withValue(prediction: Prediction, site: number, value: number | null): Prediction {
  const changed = new Map(prediction);
  if (value === null) changed.delete(site);
  else changed.set(site, clampedPoints(value));
  return changed;
}

/**
 * With a stroke of the pen: every layer that it passed gets the value that it had there, the
 * nearest layer the value at its end.
 *
 * @param sites the layers' numbers, in the order of the axis
 */
export function withStroke(
  prediction: Prediction,
  from: PenPoint,
  to: PenPoint,
  sites: readonly number[],
): Prediction {
  const [first, last] = [Math.min(from.at, to.at), Math.max(from.at, to.at)];
  const end = Math.min(sites.length - 1, Math.max(0, Math.round(to.at)));
  return sites.reduce((drawn, site, at) => {
    if (at === end) return withValue(drawn, site, to.value);
    if (at < first || at > last) return drawn;
    const share = (at - from.at) / (to.at - from.at);
    return withValue(drawn, site, from.value + share * (to.value - from.value));
  }, prediction);
}

/**
 * Returns the place of a slot of the layer axis among the layers that are asked for, which may be
 * every second one only: the k-th is at k, and a slot between two at a fraction.
 *
 * @param sites their slots, ascending
 */
export function placeAmong(slot: number, sites: readonly number[]): number {
  const after = sites.findIndex((site) => site > slot);
  if (after < 0) return sites.length - 1;
  const [from, to] = [sites[after - 1], sites[after]];
  if (from === undefined || to === undefined) return 0;
  return after - 1 + (slot - from) / (to - from);
}

/**
 * What was found at a layer: with the stitch that the protocol scores; null where there is none.
 */
export function penaltyAt({ penalty }: Row): number | null {
  return penalty === null ? null : 100 * penalty.value;
}

interface Miss {
  readonly name: string;
  readonly predicted: number;
  readonly found: number;
}

export interface Score {
  /** Mean of the absolute differences. */
  readonly meanDifference: number;
  /** Layers that were drawn and have a stitch. */
  readonly layers: number;
  readonly largest: Miss;
}

/** @returns null where no layer was drawn that has a stitch */
export function scoreOf(prediction: Prediction, rows: readonly Row[]): Score | null {
  const misses = rows.flatMap((row): Miss[] => {
    const [predicted, found] = [prediction.get(row.site), penaltyAt(row)];
    return predicted === undefined || found === null ? [] : [{ name: row.name, predicted, found }];
  });
  const [first, ...rest] = misses;
  if (first === undefined) return null;
  const size = ({ predicted, found }: Miss): number => Math.abs(predicted - found);
  return {
    meanDifference: misses.reduce((sum, miss) => sum + size(miss), 0) / misses.length,
    layers: misses.length,
    largest: rest.reduce((worst, miss) => (size(miss) > size(worst) ? miss : worst), first),
  };
}

/** "+4", "−2.5", "3,5" → the number; null for all else. */
export function readPoints(text: string): number | null {
  const plain = text.trim().replace("−", "-").replace(",", ".");
  if (!/^[+-]?\d{1,3}(\.\d+)?$/.test(plain)) return null;
  const value = Number(plain);
  return Math.abs(value) <= mostPoints ? clampedPoints(value) : null;
}
