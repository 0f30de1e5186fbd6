/** The curves beside the first one, as far as they have arrived. */
import type { MeasureName } from "../../core/similarity/measures";
import type { Spec } from "../../experiment/spec";
import type { OtherRows } from "./charts/chart-data";
import type { LabModel } from "../engine/models";
import { askedTaps, axisTaps, pairOf } from "../session/pair";
import { emptyCurveResults, type Results } from "../session/results";
import { rowsOf } from "../session/rows";
import { nameOf } from "../session/model-names";
import { curveLabel } from "../format/labels";

export function otherCurves(
  spec: Spec,
  models: readonly LabModel[],
  results: Results,
  measure?: MeasureName,
): OtherRows[] {
  return spec.also.flatMap((curve, index) => {
    const pair = pairOf({ ...spec, ...curve }, models);
    if (pair === null) return [];
    const rows = rowsOf(
      results.also.get(index) ?? emptyCurveResults,
      askedTaps(spec, pair),
      measure,
    );
    return [
      { label: curveLabel(curve, spec, nameOf(models)), rows, tapCount: axisTaps(pair).length },
    ];
  });
}

/** What the first curve is called where there are others; null where there are none. */
export function firstLabel(spec: Spec, models: readonly LabModel[]): string | null {
  return spec.also.length > 0 ? curveLabel(spec, spec, nameOf(models)) : null;
}
