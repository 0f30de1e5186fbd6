/** What a visitor may change in an experiment, each as a function from one spec to the next. */
import type { Role } from "../../../experiment/events";
import { labDataSet } from "../../../experiment/data-sets";
import { withNumber, type NumberField } from "../../../experiment/numbers";
import type { ObjectiveName } from "../../../experiment/objective";
import { sitesOf } from "../../../experiment/sites";
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
import { isUserModel, type LabModel } from "../../engine/models";
import { withThoseThatFit } from "./curves";
import { pairOf } from "./pair";

/**
 * Replaces the network in one role. The images change to those that it was trained on, and then the other
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
 * Moves an experiment to the images of a network of the zoo, if that needs others. Images of the
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

/** Puts a network with another head, and so with the same layers, in all places of a network. */
export function withReplaced(spec: Spec, id: string, by: string): Spec {
  const replaced = <T extends Curve>(curve: T): T => ({
    ...curve,
    top: curve.top === id ? by : curve.top,
    bottom: curve.bottom === id ? by : curve.bottom,
  });
  const [first, ...others] = spec.curves;
  return { ...spec, curves: [replaced(first), ...others.map(replaced)] };
}

/** Changes what counts as correct. */
export function withTarget(spec: Spec, isTop: boolean): Spec {
  const { target: _, ...rest } = spec;
  return isTop ? { ...rest, target: "top" } : rest;
}

/** Removes a network: one that fits the other takes its place. */
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

/**
 * Changes the stitch family of the first curve, or the alteration of its bottom. Another family than
 * the affine one is for the task, and a fresh top reads no noise in place of its bottom.
 */
export function withStitch(
  spec: Spec,
  change: Partial<Pick<Curve, "family" | "perturbation">>,
  models: readonly LabModel[],
): Spec {
  const { objective, ...first } = spec.curves[0];
  const { family = first.family } = change;
  const kept = family === "affine" && objective ? { objective } : {};
  const curve: Curve = { ...first, ...kept, ...change };
  // What is changed stays.
  if (curve.family === "fresh-top" && curve.perturbation === "class-noise") {
    if (change.perturbation) curve.family = "affine";
    else curve.perturbation = "none";
  }
  return withThoseThatFit({ ...spec, curves: [curve] }, spec.curves.slice(1), models);
}

/**
 * Changes what the first curve's stitches are fitted for. Whatever but the task is for affine stitches
 * and for few protocols, mostly `quick` alone: the others become that.
 */
export function withStitchesFor(
  spec: Spec,
  name: ObjectiveName,
  models: readonly LabModel[],
): Spec {
  const { objective: _, ...first } = spec.curves[0];
  const others = spec.curves.slice(1);
  if (name === "task") {
    return withThoseThatFit({ ...spec, curves: [first] }, others, models);
  }
  const curve: Curve = { ...first, family: "affine", objective: name };
  const fits = specSchema.safeParse({ ...spec, curves: [curve] }).success;
  const next = fits ? spec : withProtocol(spec, "quick", models);
  return withThoseThatFit({ ...next, curves: [curve] }, others, models);
}

/** Changes one of the spec's numbers. Further curves go along with a seed that they shared. */
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

/** Exchanges bottom and top. */
export function swapped(spec: Spec, models: readonly LabModel[]): Spec {
  const [{ top, bottom }, ...others] = spec.curves;
  return withThoseThatFit(withFirstCurve(spec, { top: bottom, bottom: top }), others, models);
}

/**
 * Changes the protocol, with its own numbers of images and epochs; networks, layout, sites and seed
 * stay.
 */
export function withProtocol(
  spec: Spec,
  protocol: ProtocolName,
  models: readonly LabModel[],
): Spec {
  const { layout, sites, target, similarityImages, permutations, probes, departure } = spec;
  const [first, ...others] = spec.curves;
  const usual = {
    ...defaultSpec(first.top, first.bottom, protocol, spec.data),
    ...(target && { target }),
    ...(similarityImages && { similarityImages }),
    ...(permutations && { permutations }),
    ...(probes && { probes }),
    ...(departure && { departure }),
    layout,
    sites,
  };
  const same = withFirstCurve(usual, first);
  // A family or an objective that does not go with it makes room for the usual one.
  const fits = specSchema.safeParse(same).success;
  const { objective: _, ...plain } = first;
  const { family } = usual.curves[0];
  const next: Spec = fits ? same : { ...usual, curves: [{ ...plain, family }] };
  return withThoseThatFit(next, others, models);
}

/** Changes the sites; every site, or none, is "all". */
export function withSites(spec: Spec, sites: readonly number[], tapCount: number): Spec {
  const kept = [...new Set(sites)].filter((site) => site < tapCount).sort((a, b) => a - b);
  return { ...spec, sites: kept.length === 0 || kept.length === tapCount ? "all" : kept };
}

/** Changes the layout, with all its places. */
export function withLayout(spec: Spec, layout: Spec["layout"]): Spec {
  return { ...spec, layout, sites: "all" };
}

/** Returns the number of places for a stitch. */
export function siteCountOf(spec: Spec, models: readonly LabModel[]): number {
  const pair = pairOf(spec.curves[0], models);
  if (!pair) return 0;
  return sitesOf(pair.bottom.architecture, pair.top.architecture, spec.layout).length;
}
