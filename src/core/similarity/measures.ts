/** The measures of similarity, by name. To add one is one file and one line. */
import type { ClosedFormSums } from "./sums";
import { principalDirections } from "./canonical-correlations";
import { biasedLinearCka, linearCka, rbfCka } from "./cka";
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
} satisfies Record<string, Measure>;

export type MeasureName = keyof typeof measures;

/** Computes every measure, by name; null where it is undefined. */
export function similarityOf(sums: ClosedFormSums): Record<string, number | null> {
  const directions = principalDirections(sums.moments);
  return Object.fromEntries(
    Object.entries(measures).map(([name, measure]) => [name, measure.value(sums, directions)]),
  );
}
