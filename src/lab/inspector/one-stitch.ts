/** Experiments of one stitch that the inspector sets up. */
import { curvesOf, type Spec } from "../../experiment/spec";
import { tapCountOf, withProtocol, withTaps } from "../session/edits";
import type { LabModel } from "../engine/models";

/** A stitch trained at one place, on as many images as before: a chosen cell of a grid, or one layer. */
export function withTrainedStitch(spec: Spec, tap: number, models: readonly LabModel[]): Spec {
  const { trainImages, testImages } = spec;
  const trained = { ...withProtocol(spec, "quick", models), trainImages, testImages };
  return withTaps(trained, [tap], tapCountOf(spec, models));
}

/** One stitch of one curve, fitted and scored as in the whole experiment. */
export function withStitchAlone(
  spec: Spec,
  { curve, tap }: { readonly curve: number; readonly tap: number },
  models: readonly LabModel[],
): Spec {
  const alone = { ...spec, ...curvesOf(spec)[curve], also: [] };
  return withTaps(alone, [tap], tapCountOf(alone, models));
}
