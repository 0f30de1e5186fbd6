/** The measures of similarity, by name. To add one is one file and one line. */
import type { ClosedFormSums } from "./sums";
import { principalDirections } from "./canonical-correlations";
import { biasedLinearCka, linearCka, rbfCka } from "./cka";
import { cknna } from "./cknna";
import type { Measure } from "./measure";
import { mutualNeighbours } from "./mutual-neighbours";
import { procrustes } from "./procrustes";
import { pwcca } from "./pwcca";
import { svcca } from "./svcca";

export const measures = {
  linearCka,
  biasedLinearCka,
  rbfCka,
  svcca,
  pwcca,
  procrustes,
  mutualNeighbours,
  cknna,
} satisfies Record<string, Measure>;

export type MeasureName = keyof typeof measures;

/**
 * Computes every measure, by name; null where it is undefined. One that the sums of an older version
 * lack is left out.
 */
export function similarityOf(sums: ClosedFormSums): Record<string, number | null> {
  const directions = principalDirections(sums.moments);
  return Object.fromEntries(
    measuresIn(sums).map(([name, measure]) => [name, measure.value(sums, directions)]),
  );
}

/** Returns the measures that can be computed from these sums, by name. */
export function measuresIn(sums: ClosedFormSums): [string, Measure][] {
  const all: [string, Measure][] = Object.entries(measures);
  return all.filter(([, { needs }]) => needs === undefined || sums[needs] !== undefined);
}
