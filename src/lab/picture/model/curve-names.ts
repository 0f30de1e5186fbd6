/** Short names that tell an experiment's curves apart: "another seed", "untrained". */
import { objectiveOf } from "../../../experiment/objective";
import type { Curve, Spec } from "../../../experiment/spec";
import type { LabModel } from "../../engine/models";
import { curveLabel, familyLabel, objectiveLabel, perturbationLabel } from "../../format/labels";
import { modelName, shortTitle, titleOf } from "../../session/experiment/model-names";

/** Returns one name a curve, in order, each different from the others. */
export function curveNames(spec: Spec, models: readonly LabModel[]): readonly string[] {
  const names = spec.curves.map((curve) => curveName(curve, spec, models));
  const once = (name: string): boolean => names.filter((other) => other === name).length === 1;
  return names.map((name, index) => {
    const curve = spec.curves[index];
    return once(name) || !curve ? name : curveIds(curve, spec, models);
  });
}

/** A curve by the ids of its networks and whatever else tells it apart. */
export function curveIds(curve: Curve, spec: Spec, models: readonly LabModel[]): string {
  return curveLabel(curve, spec, (id) => modelName(id, models));
}

function curveName(curve: Curve, spec: Spec, models: readonly LabModel[]): string {
  const [first] = spec.curves;
  const differ = (field: "family" | "perturbation" | "objective" | "seed"): boolean =>
    spec.curves.some((other) => other[field] !== first[field]);
  const samePair = spec.curves.every(
    ({ top, bottom }) => top === first.top && bottom === first.bottom,
  );
  const parts = [
    ...(samePair ? [] : [pairName(curve, first, models)]),
    ...(differ("seed") ? [`stitch seed ${curve.seed}`] : []),
    ...(differ("family") ? [familyLabel(curve.family)] : []),
    ...(differ("objective") ? [objectiveLabel(objectiveOf(curve))] : []),
    ...(differ("perturbation") ? [perturbationLabel(curve.perturbation)] : []),
  ];
  return parts.length > 0 ? parts.join(", ") : pairName(curve, first, models);
}

function pairName(curve: Curve, first: Curve, models: readonly LabModel[]): string {
  const { top, bottom } = curve;
  if (bottom === top) return "the top’s own bottom";
  if (bottom === first.top && top === first.bottom) return "reverse direction";
  if (top === first.top) return shortTitle(bottom, first.bottom, models);
  return `${titleOf(bottom, models)} → ${shortTitle(top, bottom, models)}`;
}
