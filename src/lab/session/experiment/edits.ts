/** What a visitor may change in an experiment, each as a function from one spec to the next. */
import type { Role } from "../../../experiment/events";
import { labDataSet } from "../../../experiment/data-sets";
import { withNumber, type NumberField } from "../../../experiment/numbers";
import { lastSharedSite, sitesOf } from "../../../experiment/plan";
import { perturbationChoices, type Perturbation } from "../../../experiment/perturbation";
import { familyChoices, type Family } from "../../../experiment/family";
import type { ProtocolName } from "../../../experiment/protocol";
import { defaultPair } from "../../../experiment/default-pair";
import {
  defaultSpec,
  specSchema,
  withFirstCurve,
  withOtherCurves,
  type Curve,
  type Spec,
} from "../../../experiment/spec";
import { readSameImages } from "../../../core/nets/architecture";
import { isUserModel, type LabModel } from "../../engine/models";
import { pairOf } from "./pair";

/**
 * Another network in one role. The images change to those that it was trained on, and then the other
 * network to one that reads them. Taps that the new pair does not have are left out; further curves go
 * along with a top that they shared, as far as they still can.
 */
export function withModel(before: Spec, role: Role, id: string, models: readonly LabModel[]): Spec {
  const spec = onDataOf(before, role, id, models);
  const [first, ...others] = spec.curves;
  const moved = others.map((curve) =>
    role === "top" && curve.top === first.top ? { ...curve, top: id } : curve,
  );
  const alone = withOtherCurves(withFirstCurve(spec, { [role]: id }), []);
  const changed =
    spec.sites === "all" ? alone : withSites(alone, spec.sites, siteCountOf(alone, models));
  return withThoseThatFit(changed, moved, models);
}

/**
 * The same experiment on the images of a network of the zoo, if that needs others. Images of the
 * visitor's own stay: any network may be tried on them.
 */
function onDataOf(spec: Spec, role: Role, id: string, models: readonly LabModel[]): Spec {
  const model = models.find((other) => other.id === id);
  const isOfLab = labDataSet(spec.data) !== undefined;
  if (!model || isUserModel(model) || model.data === spec.data || !isOfLab) return spec;
  const { data: _, ...rest } = spec;
  const reading = models.filter((other) => !isUserModel(other) && other.data === model.data);
  const { bottom, top } = defaultPair(reading, { [role]: id });
  const next = withFirstCurve(rest, { bottom, top });
  return { ...withOtherCurves(next, []), ...(model.data !== undefined && { data: model.data }) };
}

/** Another answer to what counts as correct. */
export function withTarget(spec: Spec, isTop: boolean): Spec {
  const { target: _, ...rest } = spec;
  return isTop ? { ...rest, target: "top" } : rest;
}

/** Without a network that is going: one that fits the other takes its place. */
export function withoutModel(spec: Spec, id: string, models: readonly LabModel[]): Spec {
  const others = models.filter((model) => model.id !== id);
  const [first] = spec.curves;
  const known = {
    ...(first.bottom !== id && { bottom: first.bottom }),
    ...(first.top !== id && { top: first.top }),
  };
  const { bottom, top } = defaultPair(others, known);
  return withModel(withFirstCurve(spec, { bottom }), "top", top, others);
}

/** One more curve: the first one but for what `change` says. */
export function withCurve(spec: Spec, change: Partial<Curve>, models: readonly LabModel[]): Spec {
  const [first, ...others] = spec.curves;
  return withThoseThatFit(spec, [...others, { ...first, ...change }], models);
}

/** Another stitch family, or alteration of the bottom, for the first curve. */
export function withStitch(
  spec: Spec,
  change: Partial<Pick<Curve, "family" | "perturbation">>,
  models: readonly LabModel[],
): Spec {
  return withThoseThatFit(withFirstCurve(spec, change), spec.curves.slice(1), models);
}

/** Without one of the curves after the first; `index` counts from the second. */
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
  readonly perturbations: readonly Perturbation[];
  /** The bottom's and the top's parts exchanged. */
  readonly otherWay: boolean;
}

export function curvesLeft(spec: Spec, models: readonly LabModel[]): CurvesLeft {
  const [first] = spec.curves;
  const may = (change: Partial<Curve>): boolean => mayHave(spec, { ...first, ...change }, models);
  const shapeOf = (model?: LabModel): string => JSON.stringify(model?.architecture);
  const shape = shapeOf(models.find(({ id }) => id === first.bottom));
  const isControl = (model: LabModel): boolean =>
    model.id === first.top ||
    (!isUserModel(model) && model.training.epochs === 0 && shapeOf(model) === shape);
  const bottoms = models.filter(({ id }) => may({ bottom: id }));
  return {
    bottoms,
    controls: bottoms.filter(isControl),
    families: familyChoices.filter((family) => may({ family })),
    perturbations: perturbationChoices.filter((perturbation) => may({ perturbation })),
    otherWay: may({ top: first.bottom, bottom: first.top }),
  };
}

/** Another of the spec's numbers. Further curves go along with a seed that they shared. */
export function withValue(
  spec: Spec,
  field: NumberField,
  value: number,
  models: readonly LabModel[],
): Spec {
  const [first, ...others] = spec.curves;
  const moved = others.map((curve) =>
    field === "seed" && curve.seed === first.seed ? { ...curve, seed: value } : curve,
  );
  return withThoseThatFit(withNumber(spec, field, value), moved, models);
}

/**
 * As many further curves as a spec may have: each once, only networks that are here, and only those
 * that have the sites asked for.
 */
function withThoseThatFit(spec: Spec, others: readonly Curve[], models: readonly LabModel[]): Spec {
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

/** The bottom becomes the top and the top the bottom. */
export function swapped(spec: Spec, models: readonly LabModel[]): Spec {
  const [{ top, bottom }, ...others] = spec.curves;
  return withThoseThatFit(withFirstCurve(spec, { top: bottom, bottom: top }), others, models);
}

/**
 * Another protocol, with its own numbers of images and epochs; networks, layout, sites and seed
 * stay.
 */
export function withProtocol(
  spec: Spec,
  protocol: ProtocolName,
  models: readonly LabModel[],
): Spec {
  const { layout, sites, target, similarityImages } = spec;
  const [first, ...others] = spec.curves;
  const usual = {
    ...defaultSpec(first.top, first.bottom, protocol, spec.data),
    ...(target && { target }),
    ...(similarityImages && { similarityImages }),
    layout,
    sites,
  };
  const same = withFirstCurve(usual, first);
  // A family that does not go with it makes room for the usual one.
  const fits = specSchema.safeParse(same).success;
  const next = fits ? same : withFirstCurve(same, { family: usual.curves[0].family });
  return withThoseThatFit(next, others, models);
}

/** Other sites; every site, or none, is "all". */
export function withSites(spec: Spec, sites: readonly number[], tapCount: number): Spec {
  const kept = [...new Set(sites)].filter((site) => site < tapCount).sort((a, b) => a - b);
  return { ...spec, sites: kept.length === 0 || kept.length === tapCount ? "all" : kept };
}

/** Another layout, with all its places. */
export function withLayout(spec: Spec, layout: Spec["layout"]): Spec {
  return { ...spec, layout, sites: "all" };
}

/** Places for a stitch. */
export function siteCountOf(spec: Spec, models: readonly LabModel[]): number {
  const pair = pairOf(spec.curves[0], models);
  if (!pair) return 0;
  return sitesOf(pair.bottom.architecture, pair.top.architecture, spec.layout).length;
}
