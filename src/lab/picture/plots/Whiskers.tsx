/**
 * One standard error to either side of each curve at the layer in view. A curve with a ribbon has it
 * everywhere.
 */
import type { ReactNode } from "react";
import { cssColour } from "../../format/colour-roles";
import {
  slotPercent,
  valuePercent,
  type LayerAxis,
  type LayerPlot,
  type PlotCurve,
} from "./layer-plot";

interface Props extends Pick<LayerPlot, "curves" | "domain"> {
  readonly axis: LayerAxis;
  /** Layer in view; null where none is. */
  readonly layer: number | null;
}

export function Whiskers({ curves, domain, axis, layer }: Props): ReactNode {
  if (layer === null) return null;
  const [low, high] = domain;
  return (
    <svg className="plot-whiskers" aria-hidden="true">
      {curves.flatMap((curve) => {
        const point = curve.ribbon ? null : pointInView(curve, layer);
        if (!point) return [];
        const { at, value, error } = point;
        if (value + error <= low || value - error >= high) return [];
        const [top, bottom] = [Math.min(high, value + error), Math.max(low, value - error)];
        return (
          <line
            key={`${curve.index} ${curve.name}`}
            x1={`${slotPercent(at, axis)}%`}
            x2={`${slotPercent(at, axis)}%`}
            y1={`${valuePercent(top, domain)}%`}
            y2={`${valuePercent(bottom, domain)}%`}
            stroke={cssColour(curve.look.colour)}
          />
        );
      })}
    </svg>
  );
}

interface InView {
  readonly at: number;
  readonly value: number;
  readonly error: number;
}

/** Of a network of another depth, the nearest layer's, as its name says at the right. */
function pointInView({ points }: Pick<PlotCurve, "points">, layer: number): InView | null {
  const [first, ...rest] = points;
  if (!first) return null;
  const { at, value, standardError } = rest.reduce(
    (best, next) => (Math.abs(next.at - layer) < Math.abs(best.at - layer) ? next : best),
    first,
  );
  // A layer that was not asked for has no number either.
  const ownLayers = points.every((point) => point.at === point.site);
  if (value === null || !standardError || (ownLayers && at !== layer)) return null;
  return { at, value, error: standardError };
}
