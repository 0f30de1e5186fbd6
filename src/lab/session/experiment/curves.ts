/** Curves after an experiment's first: which may be added, and which go. */
import { hasHead, readSameImages } from "../../../core/nets/architecture";
import { familyChoices, hasFreshTop, type Family } from "../../../experiment/family";
import { otherObjectives, type OtherObjective } from "../../../experiment/objective";
import { perturbationChoices, type Perturbation } from "../../../experiment/perturbation";
import { lastSharedSite } from "../../../experiment/sites";
import { specSchema, withOtherCurves, type Curve, type Spec } from "../../../experiment/spec";
import { isUserModel, type LabModel } from "../../engine/models";

/** Adds a curve: the first one but for what `change` says. */
export function withCurve(spec: Spec, change: Partial<Curve>, models: readonly LabModel[]): Spec {
  const [first, ...others] = spec.curves;
  return withThoseThatFit(spec, [...others, { ...first, ...change }], models);
}

/** Removes one of the curves after the first; `index` counts from the second. */
export function withoutCurve(spec: Spec, index: number): Spec {
  return withOtherCurves(spec, spec.curves.slice(1).toSpliced(index, 1));
}

export function withoutOtherCurves(spec: Spec): Spec {
  return withOtherCurves(spec, []);
}

/** What one more curve may change in the first one. */
export interface CurvesLeft {
  readonly bottoms: readonly LabModel[];
  /**
   * Those of them that show what a low penalty is worth: the top's own, and an untrained one like
   * the bottom.
   */
  readonly controls: readonly LabModel[];
  readonly families: readonly Family[];
  readonly objectives: readonly OtherObjective[];
  readonly perturbations: readonly Perturbation[];
  /** The bottom's and the top's parts exchanged. */
  readonly otherWay: boolean;
}

export function curvesLeft(spec: Spec, models: readonly LabModel[]): CurvesLeft {
  const [first] = spec.curves;
  const may = (change: Partial<Curve>): boolean => mayHave(spec, { ...first, ...change }, models);
  const top = models.find(({ id }) => id === first.top);
  const shapeOf = (model?: LabModel): string => JSON.stringify(model?.architecture);
  const shape = shapeOf(models.find(({ id }) => id === first.bottom));
  const isControl = (model: LabModel): boolean =>
    model.id === first.top ||
    (!isUserModel(model) && model.training.epochs === 0 && shapeOf(model) === shape);
  const bottoms = models.filter(({ id }) => may({ bottom: id }));
  return {
    bottoms,
    controls: bottoms.filter(isControl),
    families: familyChoices.filter(
      (family) =>
        (family !== "fresh-top" || (top && hasFreshTop(top.architecture))) && may({ family }),
    ),
    objectives: otherObjectives.filter((objective) => may({ objective })),
    perturbations: perturbationChoices.filter((perturbation) => may({ perturbation })),
    otherWay: may({ top: first.bottom, bottom: first.top }),
  };
}

/**
 * Sets further curves, as far as a spec may have them: each once, only networks that are here, and only those
 * that have the sites asked for.
 */
export function withThoseThatFit(
  spec: Spec,
  others: readonly Curve[],
  models: readonly LabModel[],
): Spec {
  let fitting = withOtherCurves(spec, []);
  for (const curve of others) {
    if (mayHave(fitting, curve, models)) fitting = withOneMore(fitting, curve);
  }
  return fitting;
}

/** Whether a spec may have this curve, too. */
function mayHave(spec: Spec, curve: Curve, models: readonly LabModel[]): boolean {
  const { layout, sites } = spec;
  const last = lastSharedSite({ layout, curves: [curve] }, models);
  if (last === null || (sites !== "all" && sites.some((site) => site > last))) return false;
  const top = models.find(({ id }) => id === curve.top);
  if (top && !hasHead(top.architecture)) return false;
  if (!readsSameImages(curve, spec.curves[0], models)) return false;
  return specSchema.safeParse(withOneMore(spec, curve)).success;
}

/** Whether a curve's networks read images of the shape that another curve's top reads. */
function readsSameImages(curve: Curve, { top }: Curve, models: readonly LabModel[]): boolean {
  const wanted = models.find(({ id }) => id === top);
  return models.every(
    ({ id, architecture }) =>
      !wanted ||
      (id !== curve.top && id !== curve.bottom) ||
      readSameImages(architecture, wanted.architecture),
  );
}

function withOneMore(spec: Spec, curve: Curve): Spec {
  return withOtherCurves(spec, [...spec.curves.slice(1), curve]);
}
