/** Names at the right edge of the plot of penalties. */
import type { TargetWords } from "../format/target-words";
import { deviation, percent, signed, signedPoints } from "../format/numbers";
import type { PlottedCurve } from "./curve-views";
import type { LayerAxis, PlotCurve, PlotLabel } from "./plots/layer-plot";
import { lastValue, readings } from "./plot-curves";

export function labelOf(
  curve: PlotCurve,
  views: readonly PlottedCurve[],
  axis: LayerAxis,
): PlotLabel {
  const view = views.find(({ index }) => index === curve.index);
  return {
    name: curve.name,
    title: view?.title ?? curve.name,
    colour: curve.look.colour,
    value: lastValue(curve),
    ...readings(
      curve,
      axis,
      (value, standardError) =>
        `${signedPoints(value / 100)}${deviation(standardError && standardError / 100)}`,
    ),
    curve: curve.index,
  };
}

export function leastSquaresLabel(curve: PlotCurve, axis: LayerAxis): PlotLabel {
  return {
    name: curve.name,
    title: "Least-squares stitch, before training",
    colour: curve.look.colour,
    value: lastValue(curve),
    ...readings(curve, axis, (value) => signed(value, 1)),
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
): readonly PlotLabel[] {
  return [
    ...(topError === null
      ? []
      : [
          {
            name: words.topLine(percent(topError)),
            title: words.topTitle,
            colour: "top",
            value: 0,
            valueAt: null,
            curve: null,
          } as const,
        ]),
    ...(difference === null
      ? []
      : [
          {
            name: `B alone: ${signed(difference, 1)} vs. A`,
            title: words.bottomTitle,
            colour: "bottom",
            value: difference,
            valueAt: null,
            curve: null,
          } as const,
        ]),
  ];
}
