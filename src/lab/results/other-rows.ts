/** The curves after the first one, as far as they have arrived. */
import type { MeasureName } from "../../core/similarity/measures";
import type { Spec } from "../../experiment/spec";
import type { OtherRows } from "./charts/chart-data";
import type { LabModel } from "../engine/models";
import { askedSites, axisSites, pairOf } from "../session/pair";
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
    const pair = pairOf(curve, models);
    if (pair === null) return [];
    const rows = rowsOf(curveResults(results, 1 + index), askedSites(spec, pair), measure);
    return [
      { label: curveLabel(curve, spec, nameOf(models)), rows, tapCount: axisSites(pair).length },
    ];
  });
}

/** What the first curve is called where there are others; null where there are none. */
export function firstLabel(spec: Spec, models: readonly LabModel[]): string | null {
  return spec.curves.length > 1 ? curveLabel(spec.curves[0], spec, nameOf(models)) : null;
}
