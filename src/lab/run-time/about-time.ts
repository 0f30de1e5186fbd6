/** How long a run takes, as far as that is known. */
import { curvesOf, type Spec } from "../../experiment/spec";
import { isToTrain, type LabModel } from "../engine/models";
import { askedSites, pairOf } from "../session/experiment/pair";
import { curveResults, type Results } from "../session/results/results";
import { curveWork } from "./experiment-work";
import type { Pace } from "./pace";

export interface Machine {
  readonly pace: Pace;
  readonly workers: number;
}

/**
 * Returns the seconds that a run takes; null where a network is not here.
 *
 * @param results what is stored, which is not computed again
 * @param only index of the only curve to compute; absent for all
 */
export function runSeconds(
  spec: Spec,
  models: readonly LabModel[],
  results: Results,
  { pace, workers }: Machine,
  only?: number,
): number | null {
  let total = 0;
  let longest = 0;
  for (const [index, curve] of curvesOf(spec).entries()) {
    if (only !== undefined && only !== index) continue;
    const pair = pairOf(curve, models);
    if (pair === null || isToTrain(pair.bottom) || isToTrain(pair.top)) return null;
    const { sites } = curveResults(results, index);
    const isMissing = ({ index: site }: { readonly index: number }): boolean => {
      const found = sites.get(site);
      return found?.result === undefined && found?.failure === undefined;
    };
    const missing = askedSites(spec, pair).filter(isMissing);
    if (missing.length === 0) continue;
    const { passes, stitches } = curveWork(curve, pair);
    // Its results arrive once all passes are done.
    const isPassed = [...sites.values()].some(({ leastSquares }) => leastSquares !== undefined);
    const works = missing.map(({ index: site }) => stitches.get(site) ?? 0);
    total += (isPassed ? 0 : passes) + works.reduce((sum, work) => sum + work, 0);
    longest = Math.max(longest, ...works);
  }
  // One stitch is trained by one worker, however many there are.
  return Math.max(total / workers, longest) / pace.workPerSecond;
}

/** Minutes that are named: an estimate is not more exact than these are apart. */
const longestNamed = 2880;
const named = [1, 2, 4, 10, 20, 40, 60, 180, 360, 720, 1440, longestNamed] as const;

/** "about 4 min", "up to about 3 h": to the nearest of a few times, since it is a guess. */
export function timeWords(seconds: number, { isLowerBound }: Pick<Pace, "isLowerBound">): string {
  const minutes = seconds / 60;
  const about = isLowerBound ? "up to about" : "about";
  if (minutes < 0.7) return "less than 1 min";
  if (minutes > 1.5 * longestNamed) return isLowerBound ? "perhaps days" : "days";
  const distance = (time: number): number => Math.abs(Math.log(time / minutes));
  const nearest = named.reduce<number>((a, b) => (distance(b) < distance(a) ? b : a), named[0]);
  if (nearest < 60) return `${about} ${nearest} min`;
  return nearest < 1440 ? `${about} ${nearest / 60} h` : `${about} ${nearest / 1440} d`;
}
