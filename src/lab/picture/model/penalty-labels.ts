/** Names at the right edge of the plot of errors. */
import type { TargetWords } from "../../format/target-words";
import { percent } from "../../format/numbers";
import type { PlottedCurve } from "./curve-views";
import type { ErrorAxis } from "./error-axis";
import type { LayerAxis, PlotCurve, PlotLabel } from "../plots/layer-plot";
import { lastValue, readings } from "./plot-curves";

export function labelOf(
  curve: PlotCurve,
  views: readonly PlottedCurve[],
  axis: LayerAxis,
  { readingText }: ErrorAxis,
): PlotLabel {
  const view = views.find(({ index }) => index === curve.index);
  return {
    name: curve.name,
    title: view?.title ?? curve.name,
    colour: curve.look.colour,
    value: lastValue(curve),
    ...readings(curve, axis, readingText),
    curve: curve.index,
  };
}

export function leastSquaresLabel(
  curve: PlotCurve,
  axis: LayerAxis,
  { valueText }: ErrorAxis,
): PlotLabel {
  return {
    name: curve.name,
    title: "Least-squares stitch, before training",
    colour: curve.look.colour,
    value: lastValue(curve),
    ...readings(curve, axis, valueText),
    curve: null,
    term: "leastSquares",
  };
}

/**
 * Names of the networks' own errors.
 *
 * @param topError a fraction
 * @param difference the bottom's error less the top's, in points
 */
export function errorLabels(
  topError: number | null,
  difference: number | null,
  words: TargetWords,
  { zero, bottomText }: ErrorAxis,
): readonly PlotLabel[] {
  return [
    ...(topError === null
      ? []
      : [
          {
            name: words.topLine(percent(topError)),
            title: words.topTitle,
            colour: "top",
            value: zero,
            valueAt: null,
            curve: null,
          } as const,
        ]),
    ...(difference === null
      ? []
      : [
          {
            name: bottomText(difference),
            title: words.bottomTitle,
            colour: "bottom",
            value: zero + difference,
            valueAt: null,
            curve: null,
          } as const,
        ]),
  ];
}
