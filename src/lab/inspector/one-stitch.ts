/** Experiments of one stitch that the inspector sets up. */
import { curvesOf, specOf, type Spec } from "../../experiment/spec";
import { siteCountOf, withProtocol, withSites } from "../session/experiment/edits";
import type { LabModel } from "../engine/models";

/**
 * A stitch trained at one place, on as many images as before: a chosen cell of a grid, or one
 * layer.
 */
export function withTrainedStitch(spec: Spec, site: number, models: readonly LabModel[]): Spec {
  const { trainImages, testImages } = spec;
  const trained = { ...withProtocol(spec, "quick", models), trainImages, testImages };
  return withSites(trained, [site], siteCountOf(spec, models));
}

/** One stitch of one curve, fitted and scored as in the whole experiment. */
export function withStitchAlone(
  spec: Spec,
  { curve, site }: { readonly curve: number; readonly site: number },
  models: readonly LabModel[],
): Spec {
  const alone = specOf(curvesOf(spec)[curve] ?? curvesOf(spec)[0]);
  return withSites(alone, [site], siteCountOf(alone, models));
}
