/** The two networks of an experiment, looked up. */
import { classesOf, tapsCorrespond, tapsOf, type Tap } from "../../core/nets/architecture";
import type { ZooModel } from "../../core/weights/manifest";
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

/** Whether a stitch can stand between the two at every tap. */
export function canBeStitched({ bottom, top }: ModelPair): boolean {
  return tapsCorrespond(bottom.architecture, top.architecture);
}

/** The taps of the pair's layer axis: the top's, all of them. */
export function axisTaps({ top }: ModelPair): readonly Tap[] {
  return tapsOf(top.architecture);
}

/** The taps that the experiment asks for. */
export function askedTaps(spec: Spec, pair: ModelPair): readonly Tap[] {
  const taps = axisTaps(pair);
  return tapsAsked(spec, taps.length).flatMap((tap) => taps[tap] ?? []);
}

/** Whether both networks are asked the same of an image, so that their errors can be compared. */
export function haveOneQuestion({ bottom, top }: ModelPair): boolean {
  return classesOf(bottom.architecture) === classesOf(top.architecture);
}
