/** What the experiment's curves say of one layer's distances along the top. */
import { tapsOf } from "../../../core/nets/taps";
import type { StitchRef } from "../../../engine/host/inspect";
import type { SiteResult } from "../../../experiment/report";
import type { Spec } from "../../../experiment/spec";
import type { LabModel } from "../../engine/models";
import { curveNames } from "../../picture/model/curve-names";
import { curveResults, type Results } from "../../session/results/results";
import type { Travel } from "../charts/descriptions";

/** Returns that of an inspected stitch, then those of other curves of the same top at its site. */
export function travelsAt(
  spec: Spec,
  models: readonly LabModel[],
  results: Results,
  { curve, site }: StitchRef,
): Travel[] {
  const names = curveNames(spec, models);
  const own = spec.curves[curve];
  const found = spec.curves.flatMap(({ top }, index) => {
    const { departure } = curveResults(results, index).sites.get(site)?.result ?? {};
    if (top !== own?.top || !departure) return [];
    const name = names[index] ?? `curve ${index + 1}`;
    return [{ isOwn: index === curve, name, distances: departure.distances }];
  });
  return found.toSorted((a, b) => Number(b.isOwn) - Number(a.isOwn));
}

/** Returns the names of the top's layers from a stitch on; none where the top is not here. */
export function layersFrom(
  top: string,
  models: readonly LabModel[],
  { taps, site }: SiteResult,
): string[] {
  const architecture = models.find(({ id }) => id === top)?.architecture;
  const all = architecture ? tapsOf(architecture) : [];
  return all.slice(taps?.[1] ?? site).map(({ name }) => name);
}
