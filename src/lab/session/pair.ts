/** The two networks of an experiment, looked up. */
import { tapsCorrespond, tapsOf, type Tap } from "../../core/nets/architecture";
import { tapsAsked, type Spec } from "../../experiment/spec";
import type { LabModel } from "./models";

export interface ModelPair {
  readonly bottom: LabModel;
  readonly top: LabModel;
}

/** Null where one of them is not here, as with an empty zoo or a file that is asked for. */
export function pairOf(spec: Spec, models: readonly LabModel[]): ModelPair | null {
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
