/**
 * Curves beside the first one, drawn on the chart's own scales: recharts has one set of points a chart, and these
 * may lie between its layers. Each has a hue and a marker of its own.
 */
import type { ReactNode } from "react";
import { useXAxisScale, useYAxisScale } from "recharts";
import { useInspect } from "../../view/inspect-context";
import { CurveMarker } from "./CurveMarker";
import { curveColour, linePath } from "./curves";

export interface OtherPoint {
  /** Its own site, in its own curve. */
  readonly site: number;
  /** Place on the layer axis; a network with more layers has some in between. */
  readonly at: number;
  readonly value: number;
  readonly standardError: number | null;
}

export interface OtherCurve {
  readonly label: string;
  /** Place among the others, which decides hue and marker. */
  readonly index: number;
  /** In the order of the layers; a gap where a layer has no value yet. */
  readonly points: readonly (OtherPoint | null)[];
}

export function OtherCurves({ curves }: { readonly curves: readonly OtherCurve[] }): ReactNode {
  const inspect = useInspect();
  const x = useXAxisScale();
  const y = useYAxisScale();
  if (!x || !y) return null;
  const scaled = (scale: (value: number) => number | undefined, value: number): number =>
    scale(value) ?? 0;
  return curves.map(({ index, points }) => (
    <g key={index}>
      <path
        d={linePath(points.map((point) => point && [scaled(x, point.at), scaled(y, point.value)]))}
        fill="none"
        stroke={curveColour(index)}
        strokeWidth={2}
      />
      {points.map(
        (point) =>
          point && (
            <g
              key={point.at}
              className="chart-point"
              onClick={() => {
                inspect?.({ curve: index + 1, site: point.site });
              }}
              transform={`translate(${String(scaled(x, point.at))} ${String(scaled(y, point.value))})`}
            >
              {point.standardError !== null && (
                <path
                  d={`M0 ${String(scaled(y, point.value - point.standardError) - scaled(y, point.value))}V${String(scaled(y, point.value + point.standardError) - scaled(y, point.value))}`}
                  stroke={curveColour(index)}
                  strokeWidth={1.5}
                />
              )}
              <CurveMarker index={index} />
            </g>
          ),
      )}
    </g>
  ));
}
