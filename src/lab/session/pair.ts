/** The two networks of an experiment, looked up. */
import { tapsOf, type Tap } from "../../core/nets/architecture";
import type { ZooModel } from "../../core/weights/manifest";
import { placesOf } from "../../experiment/plan";
import { tapsAsked, type Spec } from "../../experiment/spec";

export interface ModelPair {
  readonly bottom: ZooModel;
  readonly top: ZooModel;
}

/** Null where the zoo lacks one of them, as an empty zoo does. */
export function pairOf(spec: Spec, models: readonly ZooModel[]): ModelPair | null {
  const bottom = models.find(({ id }) => id === spec.bottom);
  const top = models.find(({ id }) => id === spec.top);
  return bottom === undefined || top === undefined ? null : { bottom, top };
}

/** The taps of the pair's layer axis: the top's, all of them. */
export function axisTaps({ top }: ModelPair): readonly Tap[] {
  return tapsOf(top.architecture);
}

/** Where a stitch stands, in words that tell both networks' layers apart where they differ. */
export type NamedTap = Pick<Tap, "index" | "name">;

/** The taps that the experiment asks for. */
export function askedTaps(spec: Spec, { bottom, top }: ModelPair): readonly NamedTap[] {
  const places = placesOf(bottom.architecture, top.architecture, spec.layout);
  return tapsAsked(spec, places.length).flatMap((index) => {
    const place = places[index];
    return place ? [{ index, name: place.name }] : [];
  });
}
