/** What a visitor may change in an experiment, each as a function from one spec to the next. */
import type { Role } from "../../experiment/events";
import type { NumberField } from "../../experiment/numbers";
import { sitesOf } from "../../experiment/plan";
import { perturbationChoices, type Perturbation } from "../../experiment/perturbation";
import { familyChoices, type Family } from "../../experiment/family";
import type { ProtocolName } from "../../experiment/protocol";
import { defaultPair } from "../../experiment/default-pair";
import { defaultSpec, specSchema, type Curve, type Spec } from "../../experiment/spec";
import { isUserModel, type LabModel } from "../engine/models";
import { pairOf } from "./pair";

/**
 * Another network in one role. Taps that the new pair does not have are left out; further curves go along with a
 * top that they shared, as far as they still can.
 */
export function withModel(spec: Spec, role: Role, id: string, models: readonly LabModel[]): Spec {
  const also = spec.also.map((curve) =>
    role === "top" && curve.top === spec.top ? { ...curve, top: id } : curve,
  );
  const changed = withAlso({ ...spec, [role]: id }, also, models);
  return spec.taps === "all" ? changed : withTaps(changed, spec.taps, tapCountOf(changed, models));
}

/** Without a network that is going: one that fits the other takes its place. */
export function withoutModel(spec: Spec, id: string, models: readonly LabModel[]): Spec {
  const others = models.filter((model) => model.id !== id);
  const known = {
    ...(spec.bottom !== id && { bottom: spec.bottom }),
    ...(spec.top !== id && { top: spec.top }),
  };
  const { bottom, top } = defaultPair(others, known);
  return withModel({ ...spec, bottom }, "top", top, others);
}

/** One more curve: the first one but for what `change` says. */
export function withCurve(spec: Spec, change: Partial<Curve>, models: readonly LabModel[]): Spec {
  return withAlso(spec, [...spec.also, { ...curveOf(spec), ...change }], models);
}

function curveOf({ top, bottom, seed, family, altered }: Spec): Curve {
  return { top, bottom, seed, family, altered };
}

/** Another stitch family, or alteration of the bottom, for the first curve. */
export function withStitch(
  spec: Spec,
  change: Partial<Pick<Curve, "family" | "altered">>,
  models: readonly LabModel[],
): Spec {
  return withAlso({ ...spec, ...change }, spec.also, models);
}

/** Without one of the further curves. */
export function withoutCurve(spec: Spec, index: number): Spec {
  return { ...spec, also: spec.also.filter((_, other) => other !== index) };
}

/** What one more curve may change in the first one. */
export interface CurvesLeft {
  readonly bottoms: readonly LabModel[];
  /** Those of them that show what a low penalty is worth: the top's own, and an untrained one like the bottom. */
  readonly controls: readonly LabModel[];
  readonly families: readonly Family[];
  readonly alterations: readonly Perturbation[];
  /** The bottom's and the top's parts exchanged. */
  readonly otherWay: boolean;
}

export function curvesLeft(spec: Spec, models: readonly LabModel[]): CurvesLeft {
  const may = (change: Partial<Curve>): boolean =>
    mayHave(spec, { ...curveOf(spec), ...change }, models);
  const shapeOf = (model?: LabModel): string => JSON.stringify(model?.architecture);
  const shape = shapeOf(models.find(({ id }) => id === spec.bottom));
  const isControl = (model: LabModel): boolean =>
    model.id === spec.top ||
    (!isUserModel(model) && model.training.epochs === 0 && shapeOf(model) === shape);
  const bottoms = models.filter(({ id }) => may({ bottom: id }));
  return {
    bottoms,
    controls: bottoms.filter(isControl),
    families: familyChoices.filter((family) => may({ family })),
    alterations: perturbationChoices.filter((altered) => may({ altered })),
    otherWay: may({ top: spec.bottom, bottom: spec.top }),
  };
}

/** Another of the spec's numbers. Further curves go along with a seed that they shared. */
export function withNumber(
  spec: Spec,
  field: NumberField,
  value: number,
  models: readonly LabModel[],
): Spec {
  const also = spec.also.map((curve) =>
    field === "seed" && curve.seed === spec.seed ? { ...curve, seed: value } : curve,
  );
  return withAlso({ ...spec, [field]: value }, also, models);
}

/** As many of `also` as a spec may have: each once, and only networks that are here. */
function withAlso(spec: Spec, also: Spec["also"], models: readonly LabModel[]): Spec {
  let kept: Spec = { ...spec, also: [] };
  for (const curve of also) {
    if (mayHave(kept, curve, models)) kept = { ...kept, also: [...kept.also, curve] };
  }
  return kept;
}

/** Whether a spec may have this curve, too. */
function mayHave(spec: Spec, curve: Curve, models: readonly LabModel[]): boolean {
  const here = pairOf({ ...spec, ...curve }, models) !== null;
  return here && specSchema.safeParse({ ...spec, also: [...spec.also, curve] }).success;
}

/** The bottom becomes the top and the top the bottom. */
export function swapped(spec: Spec, models: readonly LabModel[]): Spec {
  return withAlso({ ...spec, top: spec.bottom, bottom: spec.top }, spec.also, models);
}

/** Another protocol, with its own numbers of images and epochs; networks, layout, taps and seed stay. */
export function withProtocol(
  spec: Spec,
  protocol: ProtocolName,
  models: readonly LabModel[],
): Spec {
  const { top, bottom, layout, taps, seed, family, altered, also } = spec;
  const next = { ...defaultSpec(top, bottom, protocol), layout, taps, seed, altered };
  // A family that does not go with it makes room for the usual one.
  const kept = specSchema.safeParse({ ...next, family }).success ? { ...next, family } : next;
  return withAlso(kept, also, models);
}

/** Other taps; every tap, or none, is "all". */
export function withTaps(spec: Spec, taps: readonly number[], tapCount: number): Spec {
  const kept = [...new Set(taps)].filter((tap) => tap < tapCount).sort((a, b) => a - b);
  return { ...spec, taps: kept.length === 0 || kept.length === tapCount ? "all" : kept };
}

/** Another layout, with all its places. */
export function withLayout(spec: Spec, layout: Spec["layout"]): Spec {
  return { ...spec, layout, taps: "all" };
}

/** Places for a stitch. */
export function tapCountOf(spec: Spec, models: readonly LabModel[]): number {
  const pair = pairOf(spec, models);
  if (!pair) return 0;
  return sitesOf(pair.bottom.architecture, pair.top.architecture, spec.layout).length;
}
