/** The curves after the first one, as far as they have arrived. */
import type { MeasureName } from "../../core/similarity/measures";
import type { Spec } from "../../experiment/spec";
import type { OtherRows } from "./charts/chart-data";
import type { LabModel } from "../engine/models";
import { axisSitesShown, sitesShown } from "../session/pair";
import { curveResults, type Results } from "../session/results";
import { rowsOf } from "../session/rows";
import { nameOf } from "../session/model-names";
import { curveLabel } from "../format/labels";

export function otherCurves(
  spec: Spec,
  models: readonly LabModel[],
  results: Results,
  measure?: MeasureName,
): OtherRows[] {
  const [, ...others] = spec.curves;
  return others.flatMap((curve, index) => {
    const found = curveResults(results, 1 + index);
    const last = Math.max(-1, ...found.sites.keys());
    const count = spec.sites === "all" ? last + 1 : spec.sites.filter((k) => k <= last).length;
    const sites = sitesShown(spec, curve, models, count);
    if (sites.length === 0) return [];
    const rows = rowsOf(found, sites, measure);
    const tapCount = axisSitesShown(curve, models, sites).length;
    return [{ label: curveLabel(curve, spec, nameOf(models)), rows, tapCount }];
  });
}

/** What the first curve is called where there are others; null where there are none. */
export function firstLabel(spec: Spec, models: readonly LabModel[]): string | null {
  return spec.curves.length > 1 ? curveLabel(spec.curves[0], spec, nameOf(models)) : null;
}
