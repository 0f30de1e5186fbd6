/** Merges the sums that closed-form tasks gathered. */
import { mergeSums } from "../../core/similarity/sums";
import type { ClosedFormResult } from "../kinds/closed-form";
import type { TaskRequest } from "./worker-link";

export type Sums = TaskRequest["sums"];

/** A site's sums over all parts, merged in order; none where a part is missing. */
export function mergedSums(parts: readonly ClosedFormResult[], site: number): Sums {
  const [first, ...rest] = parts.flatMap(({ sums }) => sums[site] ?? []);
  return first ? [rest.reduce(mergeSums, first)] : [];
}
