/** The stitch that a curve is about, and what the chart has of it. */
import { isClosedForm, kernelSide } from "../../experiment/family";
import type { SiteResult } from "../../experiment/report";
import { trainingOfCurve, type CurveSpec } from "../../experiment/spec";
import { familyLabel } from "../format/labels";
import { count, deviation, signedPoints } from "../format/numbers";
import type { StitchKind } from "./stitch-kinds";

/** The kind whose penalty the chart has; null where it is none of those that can be compared. */
export function ownKind(curve: CurveSpec): StitchKind | null {
  const { family } = curve;
  if (isClosedForm(family) || family === "fresh-top" || kernelSide(family) !== undefined) {
    return null;
  }
  return trainingOfCurve(curve) === "none" ? "least-squares" : "trained";
}

/**
 * "The chart has +2.1 ± 0.3, on 10,000." Empty where nothing is known, or where it is the same
 * stitch on the same images.
 *
 * @param kind the one that is shown
 * @param images test images that it is scored on here
 */
export function chartInWords(
  curve: CurveSpec,
  result: SiteResult | undefined,
  kind: StitchKind,
  images: number,
): string {
  if (!result) return "";
  const own = ownKind(curve);
  if (kind === own && curve.testImages <= images) return "";
  const value = `${signedPoints(result.penalty)}${deviation(result.penaltyStandardError)}`;
  const scored = `on ${count(curve.testImages)} images`;
  return kind === own
    ? `The chart has ${value}, ${scored}.`
    : `The chart has ${value}, ${scored}, with its own stitch (${own ?? familyLabel(curve.family)}).`;
}
