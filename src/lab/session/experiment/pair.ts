/** The two networks of an experiment, looked up. */
import { classesOf, hasHead } from "../../../core/nets/architecture";
import { tapsOf, type Tap } from "../../../core/nets/taps";
import { siteAsked } from "../../../experiment/address/digest";
import { sitesOf } from "../../../experiment/sites";
import { sitesAsked, type Curve, type Spec } from "../../../experiment/spec";
import { trainingOf } from "../../../experiment/model-ref";
import type { LabModel, NetworkToTrain } from "../../engine/models";
import { dataChoices } from "./data-choice";
import { architectureOf } from "./training-architecture";

export interface ModelPair {
  readonly bottom: LabModel | NetworkToTrain;
  readonly top: LabModel | NetworkToTrain;
}

/**
 * Looks up the networks of a curve, or says what their training makes; null where one of them is
 * not here, as with an empty zoo or a file that is asked for.
 */
export function pairOf(
  curve: Pick<Curve, "top" | "bottom">,
  models: readonly LabModel[],
): ModelPair | null {
  const bottom = networkOf(curve.bottom, models);
  const top = networkOf(curve.top, models);
  return bottom === undefined || top === undefined ? null : { bottom, top };
}

/** Returns a network of a curve; undefined where it is not here and cannot be trained here. */
function networkOf(id: string, models: readonly LabModel[]): LabModel | NetworkToTrain | undefined {
  const model = models.find((other) => other.id === id);
  const toTrain = model ? undefined : trainingOf(id);
  // Images of the visitor's own may be of any size.
  const form = toTrain && dataChoices([]).find(({ ref }) => ref === toTrain.data)?.form;
  const architecture = toTrain && form && architectureOf(toTrain, form);
  return model ?? (architecture ? { id, architecture, toTrain } : undefined);
}

/** Returns the sites of the pair's layer axis: the top's, all of them. */
export function axisSites({ top }: ModelPair): readonly Tap[] {
  return tapsOf(top.architecture);
}

/** Where a stitch is, naming the layers of both networks where they differ. */
export type AxisSite = Pick<Tap, "index" | "name">;

/** Returns the sites that the experiment asks for. */
export function askedSites(
  spec: Pick<Spec, "layout" | "sites">,
  { bottom, top }: ModelPair,
): readonly AxisSite[] {
  const places = sitesOf(bottom.architecture, top.architecture, spec.layout);
  return sitesAsked(spec, places.length).flatMap((index) => {
    const place = places[index];
    return place ? [{ index, name: place.name }] : [];
  });
}

/**
 * Whether both networks are asked the same of an image, so that their errors can be compared; a
 * bottom without a head answers nothing.
 */
export function haveOneQuestion({ bottom, top }: ModelPair): boolean {
  return (
    hasHead(bottom.architecture) && classesOf(bottom.architecture) === classesOf(top.architecture)
  );
}

/** Returns the layer axis of a curve; where its top is not here, the sites that are shown. */
export function axisSitesShown(
  { top }: Pick<Curve, "top">,
  models: readonly LabModel[],
  shown: readonly AxisSite[],
): readonly Tap[] {
  const model = networkOf(top, models);
  if (model !== undefined) return tapsOf(model.architecture);
  const count = 1 + Math.max(-1, ...shown.map(({ index }) => index));
  return Array.from({ length: count }, (_, index) => {
    const name = shown.find((site) => site.index === index)?.name ?? "";
    return { index, name, height: 1, width: 1, channels: 1 };
  });
}

/**
 * Returns the sites that a curve asks for. Where a network is not here they are the top's layers, and else
 * as many as the address has results of.
 *
 * @param count how many the address has results of
 */
export function sitesShown(
  spec: Pick<Spec, "layout" | "sites">,
  curve: Pick<Curve, "top" | "bottom">,
  models: readonly LabModel[],
  count: number,
): readonly AxisSite[] {
  const pair = pairOf(curve, models);
  if (pair !== null) return askedSites(spec, pair);
  const top = networkOf(curve.top, models);
  const taps = top && spec.layout === "diagonal" ? tapsOf(top.architecture) : [];
  return Array.from({ length: count }, (_, place) => {
    const index = siteAsked(spec, place);
    return { index, name: taps[index]?.name ?? `layer ${index}` };
  });
}
